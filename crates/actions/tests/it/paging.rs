//! Turning the pages of a list by position: every ticket once, whatever the order, forwards and backwards.

use actions::{
    Actor,
    lists::{self, Order, OrderBy, Page, Place, Position, Way},
    ticket::{self, OwnerChange},
};
use domain::{Ticket, TicketId};
use jiff::SignedDuration;
use query::Query;
use testkit::World;

const ALL: Page = Page { limit: 100, offset: 0 };
const STEP: i64 = 3;

const COLUMNS: [Order; 10] = [
    Order::Id,
    Order::Subject,
    Order::Status,
    Order::Queue,
    Order::Owner,
    Order::Priority,
    Order::Created,
    Order::Updated,
    Order::Due,
    Order::TimeWorked,
];

/// Eleven reports that agree in most of what lists are ordered by.
async fn alike(world: &World) -> Vec<TicketId> {
    let (admin, dana) = (world.actor("admin").await, world.actor("dana").await);
    let mut all = Vec::new();
    for number in 0..11_i64 {
        let id = world.report(if number % 3 == 0 { "scan" } else { "Scan, of «ports»" }, "x").await;
        let mut tx = world.tx().await;
        let due = tx.now() + SignedDuration::from_hours(number / 4);
        ticket::set_due(&mut tx, &admin, id, (number % 2 == 0).then_some(due)).await.unwrap();
        if number % 5 == 1 {
            ticket::change_owner(&mut tx, &dana, id, OwnerChange::Take).await.unwrap();
        }
        tx.commit().await.unwrap();
        if number % 4 == 3 {
            world.clock.advance(SignedDuration::from_mins(7));
        }
        all.push(id);
    }
    all
}

async fn listed(world: &World, actor: &Actor, query: &Query, order: &[OrderBy]) -> Vec<Ticket> {
    lists::search(&mut world.look().await, actor, query, order, ALL).await.unwrap()
}

async fn position(world: &World, actor: &Actor, ticket: &Ticket, order: &[OrderBy]) -> Position {
    let mut tx = world.look().await;
    let row = lists::listed(&mut tx, actor, vec![ticket.clone()]).await.unwrap().remove(0);
    lists::position(&mut tx, &row, order).await.unwrap().unwrap()
}

/// From an end to the other, a few at a time.
async fn walk(world: &World, actor: &Actor, (query, order): (&Query, &[OrderBy]), from: &Ticket, way: Way) -> Vec<TicketId> {
    let (mut found, mut last) = (vec![from.id], from.clone());
    loop {
        let here = position(world, actor, &last, order).await;
        let page = lists::search_from(&mut world.look().await, actor, query, order, (&here, way, STEP)).await.unwrap();
        found.extend(page.iter().map(|ticket| ticket.id));
        match page.last() {
            Some(ticket) => last = ticket.clone(),
            None => return found,
        }
    }
}

testkit::both! {
    async fn every_order_is_walked_without_gaps_or_repeats(world: World) {
        alike(&world).await;
        let dana = world.actor("dana").await;
        let query = lists::parse("Lifecycle = 'incident_reports'").unwrap();
        let mut orders: Vec<Vec<OrderBy>> = vec![vec![]];
        for column in COLUMNS {
            orders.push(vec![OrderBy::ascending(column)]);
            orders.push(vec![OrderBy::descending(column)]);
            orders.push(vec![OrderBy::descending(Order::Due), OrderBy::ascending(column)]);
            orders.push(vec![OrderBy::ascending(column), OrderBy::ascending(Order::Due), OrderBy::descending(Order::Id)]);
        }
        for order in orders {
            let list = listed(&world, &dana, &query, &order).await;
            let mut ids: Vec<TicketId> = list.iter().map(|ticket| ticket.id).collect();
            assert_eq!(ids.len(), 11);
            let (first, last) = (list.first().unwrap(), list.last().unwrap());
            assert_eq!(walk(&world, &dana, (&query, &order), first, Way::After).await, ids, "{order:?}");
            let mut tx = world.look().await;
            for (place, from, expected) in [
                (Place::First, ids[5], Some(ids[0])),
                (Place::Previous, ids[5], Some(ids[4])),
                (Place::Next, ids[5], Some(ids[6])),
                (Place::Last, ids[5], Some(ids[10])),
                (Place::Previous, ids[0], None),
                (Place::Next, ids[10], None),
            ] {
                let found = lists::neighbour(&mut tx, &dana, &query, &order, (from, place)).await.unwrap();
                assert_eq!(found, expected, "{place:?} {order:?}");
            }
            drop(tx);
            ids.reverse();
            assert_eq!(walk(&world, &dana, (&query, &order), last, Way::Before).await, ids, "{order:?}");
        }
    }

    async fn a_page_goes_on_where_the_last_ended_though_its_last_row_moved_away(world: World) {
        let all = alike(&world).await;
        let admin = world.actor("admin").await;
        let query = lists::parse("Lifecycle = 'incident_reports'").unwrap();
        let order = [OrderBy::descending(Order::Updated)];
        let list = listed(&world, &admin, &query, &order).await;
        let here = position(&world, &admin, &list[4], &order).await;
        world.clock.advance(SignedDuration::from_mins(7));
        let mut tx = world.tx().await;
        ticket::set_due(&mut tx, &admin, list[4].id, Some(world.desk.now())).await.unwrap();
        tx.commit().await.unwrap();
        let rest = lists::search_from(&mut world.look().await, &admin, &query, &order, (&here, Way::After, 50)).await.unwrap();
        assert_eq!(rest.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), list[5..].iter().map(|ticket| ticket.id).collect::<Vec<_>>());
        assert_eq!(all.len(), list.len());
    }

    async fn a_position_from_elsewhere_finds_nothing_and_none_shows_what_may_not_be_seen(world: World) {
        alike(&world).await;
        let (admin, norman) = (world.actor("admin").await, world.actor("norman").await);
        let query = lists::parse("id > 0").unwrap();
        let order = [OrderBy::ascending(Order::Due)];
        let mut tx = world.look().await;
        for keys in [vec![], vec![Some("1")], vec![Some("x"), Some("1")], vec![Some("1"), None], vec![None, Some("1"), Some("1")]] {
            let position = Position(keys.into_iter().map(|key| key.map(str::to_owned)).collect());
            assert_eq!(lists::search_from(&mut tx, &admin, &query, &order, (&position, Way::After, 50)).await.unwrap(), []);
        }
        let start = Position(vec![None, Some("0".to_owned())]);
        assert!(!lists::search_from(&mut tx, &admin, &query, &order, (&start, Way::After, 50)).await.unwrap().is_empty());
        assert_eq!(lists::search_from(&mut tx, &norman, &query, &order, (&start, Way::After, 50)).await.unwrap(), []);
    }
}
