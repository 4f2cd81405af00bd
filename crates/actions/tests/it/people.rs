//! Owners and watchers (TC sections 4 and 5).

use actions::{
    Actor, Door, Error,
    message::NewMessage,
    setup::{self, Watcher},
    ticket::{self, Create, OwnerChange, PeopleInput, Reply, show},
};
use domain::{
    GroupId, Right, Role, TicketId, UserId,
    change::ChangeKind,
    person::PersonName,
    right::{Grant, Principal, Scope},
};
use testkit::World;

async fn general(world: &World, owner: Option<&str>) -> TicketId {
    let queue = world.queue_id("General").await;
    let mut tx = world.tx().await;
    let mut input = Create::new(queue, "Hello", NewMessage::text("x"));
    input.owner = owner.map(str::to_owned);
    let id = ticket::create(&mut tx, &world.actor("admin").await, input).await.unwrap().ticket;
    tx.commit().await.unwrap();
    id
}

async fn owner(world: &World, id: TicketId) -> String {
    show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap().owner.name
}

/// Somebody with an account and these rights everywhere, and no others.
async fn person(world: &World, name: &str, rights: &[Right]) -> Actor {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let new = actions::account::NewUser {
        name: name.into(),
        email: Some(format!("{name}@staff.example")),
        privileged: true,
        ..Default::default()
    };
    let user = actions::account::create_user(&mut tx, &admin, new).await.unwrap();
    for right in rights {
        let grant = Grant { principal: Principal::User(user.id), right: *right, scope: Scope::Global };
        actions::account::grant(&mut tx, &admin, grant).await.unwrap();
    }
    tx.commit().await.unwrap();
    world.actor(name).await
}

fn people(text: &str) -> Vec<PersonName> {
    PersonName::parse_list(text).unwrap()
}

async fn group(world: &World, name: &str, member: UserId) -> GroupId {
    let admin = world.actor("admin").await;
    let mut tx = world.tx().await;
    let group = actions::account::create_group(&mut tx, &admin, name, "").await.unwrap();
    actions::account::add_member(&mut tx, &admin, group, member).await.unwrap();
    tx.commit().await.unwrap();
    group
}

async fn recipients(world: &World, id: TicketId) -> Vec<String> {
    let mut tx = world.desk.db().read().await.unwrap();
    let mut all: Vec<String> =
        storage::outbound::of_ticket(&mut tx, id).await.unwrap().into_iter().flat_map(|mail| mail.letter.recipients).collect();
    all.sort_unstable();
    all.dedup();
    all
}

testkit::both! {
    // TC-049, TC-050, TC-051: the whole table, each cell with each right that suffices and with none
    async fn tc050_the_table_of_who_may_change_the_owner(world: World) {
        use Right::{ModifyTicket, ReassignTicket, StealTicket, TakeTicket};
        let base = [Right::ShowTicket, Right::OwnTicket];
        let hana = world.actor("hana").await.id();
        let everyone = [TakeTicket, StealTicket, ReassignTicket, ModifyTicket];
        let mut actors = vec![(None, person(&world, "plain", &base).await)];
        for right in everyone {
            actors.push((Some(right), person(&world, &format!("has{right}").to_lowercase(), &[&base[..], &[right]].concat()).await));
        }
        for (right, actor) in &actors {
            let me = actor.id();
            for (situation, wish, suffices) in [
                ("unowned", OwnerChange::Take, &[TakeTicket, ReassignTicket, ModifyTicket][..]),
                ("unowned", OwnerChange::Give(me), &[TakeTicket, ReassignTicket, ModifyTicket]),
                ("unowned", OwnerChange::Give(hana), &[ReassignTicket, ModifyTicket]),
                ("anothers", OwnerChange::Steal, &[StealTicket, ReassignTicket, ModifyTicket]),
                ("anothers", OwnerChange::Force(hana), &[StealTicket, ReassignTicket, ModifyTicket]),
                ("anothers", OwnerChange::Force(UserId::NOBODY), &[StealTicket, ReassignTicket, ModifyTicket]),
                ("anothers", OwnerChange::Give(hana), &[ReassignTicket]),
                ("anothers", OwnerChange::Give(me), &[ReassignTicket]),
                ("anothers", OwnerChange::Give(UserId::NOBODY), &[ReassignTicket]),
            ] {
                let id = general(&world, (situation == "anothers").then_some("dana")).await;
                let mut tx = world.tx().await;
                let outcome = ticket::change_owner(&mut tx, actor, id, wish).await;
                let may = right.is_some_and(|right| suffices.contains(&right));
                assert_eq!(outcome.is_ok(), may, "{right:?}, {situation}, {wish:?}: {outcome:?}");
            }
        }
        // mine: by default an owner may modify, so untake and give follow from owning
        let id = general(&world, Some("dana")).await;
        let dana = world.actor("dana").await;
        let mut tx = world.tx().await;
        ticket::change_owner(&mut tx, &dana, id, OwnerChange::Untake).await.unwrap().unwrap();
    }

    // TC-050: the sentences
    async fn tc050_refusals_say_what_can_be_done(world: World) {
        let id = general(&world, Some("dana")).await;
        let (dana, hana, tariq) = (world.actor("dana").await, world.actor("hana").await, world.actor("tariq").await.id());
        let free = general(&world, None).await;
        for (actor, id, wish, words) in [
            (&hana, id, OwnerChange::Take, "only take tickets that are unowned"),
            (&dana, id, OwnerChange::Take, "already own"),
            (&dana, id, OwnerChange::Steal, "already own"),
            (&hana, free, OwnerChange::Steal, "only steal a ticket owned by someone else"),
            (&hana, id, OwnerChange::Untake, "only give up tickets that are yours"),
            (&hana, id, OwnerChange::Give(hana.id()), "only take tickets that are unowned"),
            (&hana, id, OwnerChange::Give(tariq), "only reassign tickets that you own or that are unowned"),
        ] {
            let error = ticket::change_owner(&mut world.tx().await, actor, id, wish).await.unwrap_err();
            assert!(error.to_string().contains(words), "{wish:?}: {error}");
        }
        let norman = world.actor("norman").await.id();
        let error = ticket::change_owner(&mut world.tx().await, &dana, id, OwnerChange::Give(norman)).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "owner"), "TC-049: {error}");
    }

    // TC-048, TC-011, TC-053
    async fn tc011_an_owner_who_may_not_own_is_replaced_by_nobody(world: World) {
        assert_eq!(owner(&world, general(&world, Some("norman")).await).await, "Nobody");
        assert_eq!(owner(&world, general(&world, None).await).await, "Nobody");
        let id = general(&world, Some("dana")).await;
        let names: Vec<String> =
            actions::account::possible_owners(&mut world.look().await, &world.actor("dana").await, id).await.unwrap().into_iter().map(|user| user.name).collect();
        assert_eq!(names, ["admin", "dana", "hana", "tariq"], "TC-053: who may own, and nobody else");
    }

    // TC-051 through an update
    async fn tc051_force_turns_a_plain_set_into_one_that_may_take_from_another(world: World) {
        let id = general(&world, Some("dana")).await;
        let hana = world.actor("hana").await;
        let wish = |force_owner| ticket::Update { owner: Some("hana".into()), force_owner, ..Default::default() };
        let error = ticket::update(&mut world.tx().await, &hana, id, wish(false)).await.unwrap_err();
        assert!(matches!(&error, Error::Invalid(fields) if fields[0].field == "owner"), "{error}");
        let mut tx = world.tx().await;
        ticket::update(&mut tx, &hana, id, wish(true)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(owner(&world, id).await, "hana");
    }

    // TC-006, TC-021
    async fn tc006_tc021_creating_and_seeing_need_their_rights(world: World) {
        let queue = world.queue_id("General").await;
        let norman = world.actor("norman").await;
        let error = ticket::create(&mut world.tx().await, &norman, Create::new(queue, "x", NewMessage::text("x"))).await.unwrap_err();
        assert!(matches!(error, Error::NotFound));
        let blind = person(&world, "blind", &[Right::CreateTicket]).await;
        let mut tx = world.tx().await;
        let id = ticket::create(&mut tx, &blind, Create::new(queue, "x", NewMessage::text("x"))).await.unwrap().ticket;
        tx.commit().await.unwrap();
        assert!(matches!(show::view(&mut world.look().await, &blind, id).await, Err(Error::NotFound)), "who may create need not see");
    }

    // TC-009, TC-055, TC-056, TC-060
    async fn tc009_roles_take_addresses_logins_numbers_and_groups(world: World) {
        let tariq = world.actor("tariq").await;
        let watchers = group(&world, "Night watch", tariq.id()).await;
        let queue = world.queue_id("General").await;
        let mut input = Create::new(queue, "Hello", NewMessage::text("x"));
        input.owner = Some("dana".into());
        input.requestors = people(&format!("New One <new@bank.example>, dana, {}", world.actor("hana").await.id()));
        input.ccs = people("group:night watch, reports@csirt.example");
        let mut tx = world.tx().await;
        let id = ticket::create(&mut tx, &world.actor("dana").await, input).await.unwrap().ticket;
        tx.commit().await.unwrap();
        let view = show::view(&mut world.look().await, &world.actor("admin").await, id).await.unwrap();
        let mut names: Vec<&str> = view.holders(Role::Requestor).map(|user| user.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["dana", "hana", "new@bank.example"]);
        let new = view.holders(Role::Requestor).find(|user| user.name == "new@bank.example").unwrap();
        assert!(!new.privileged && new.real_name == "New One", "TC-060");
        assert_eq!(view.groups, [(Role::Cc, watchers, "Night watch".to_owned())]);
        assert_eq!(view.holders(Role::Cc).count(), 0, "TC-059: an address of our own is left out, the creation goes on");
        assert!(recipients(&world, id).await.contains(&"tariq@csirt-staff.example".to_owned()), "mail goes through the group");
    }

    // TC-009, TC-010: AdminCcs at creation need the right that owning may give
    async fn tc010_admin_ccs_at_creation_need_the_right_to_modify(world: World) {
        let queue = world.queue_id("General").await;
        let dana = world.actor("dana").await;
        let create = async |owner: Option<&str>, strict: bool| {
            let mut input = Create::new(queue, "Hello", NewMessage::text("x"));
            input.owner = owner.map(str::to_owned);
            input.admin_ccs = people("hana");
            input.strict = strict;
            let mut tx = world.tx().await;
            let id = ticket::create(&mut tx, &dana, input).await?.ticket;
            tx.commit().await.unwrap();
            Ok::<_, Error>(show::view(&mut world.look().await, &dana, id).await.unwrap().holders(Role::AdminCc).count())
        };
        assert_eq!(create(Some("dana"), true).await.unwrap(), 1, "the owner's role gives it");
        assert_eq!(create(None, false).await.unwrap(), 0, "left out, and the creation goes on");
        assert!(matches!(create(None, true).await, Err(Error::Invalid(fields)) if fields[0].field == "admin_ccs"), "said at a form");
    }

    // TC-057, TC-058
    async fn tc057_watch_is_enough_for_oneself(world: World) {
        let id = general(&world, None).await;
        let hana = world.actor("hana").await;
        let tariq = world.actor("tariq").await.id();
        let mut tx = world.tx().await;
        let change = ticket::add_person(&mut tx, &hana, id, Role::Cc, hana.id()).await.unwrap().unwrap();
        assert_eq!((change.what.kind, change.what.field.as_deref(), change.what.new), (ChangeKind::AddWatcher, Some("Cc"), Some(hana.id().to_string())), "TC-058");
        assert!(matches!(ticket::add_person(&mut tx, &hana, id, Role::Cc, tariq).await, Err(Error::Forbidden(_))));
        assert!(matches!(ticket::add_person(&mut tx, &hana, id, Role::AdminCc, hana.id()).await, Err(Error::Forbidden(_))), "WatchAsAdminCc");
        let change = ticket::remove_person(&mut tx, &hana, id, Role::Cc, hana.id()).await.unwrap().unwrap();
        assert_eq!((change.what.kind, change.what.old), (ChangeKind::DelWatcher, Some(hana.id().to_string())));
    }

    // TC-056: rights and searches go through membership
    async fn tc056_a_watching_group_gives_its_members_what_its_role_gives(world: World) {
        let norman = world.actor("norman").await;
        let readers = group(&world, "Readers", norman.id()).await;
        let admin = world.actor("admin").await;
        let id = general(&world, None).await;
        let mut tx = world.tx().await;
        let grant = Grant { principal: Principal::Role(Role::Cc), right: Right::ShowTicket, scope: Scope::Global };
        actions::account::grant(&mut tx, &admin, grant).await.unwrap();
        tx.commit().await.unwrap();
        let norman = world.actor("norman").await;
        assert!(matches!(show::view(&mut world.look().await, &norman, id).await, Err(Error::NotFound)));
        let mut tx = world.tx().await;
        let change = ticket::set_group(&mut tx, &admin, id, (Role::Cc, readers), true).await.unwrap().unwrap();
        assert_eq!(change.what.new.as_deref(), Some("group:Readers"));
        assert!(matches!(ticket::set_group(&mut tx, &admin, id, (Role::Owner, readers), true).await, Err(Error::Invalid(_))), "TC-048: never a group");
        tx.commit().await.unwrap();
        assert!(show::view(&mut world.look().await, &norman, id).await.is_ok());
        let query = actions::lists::parse(&format!("id = {id}")).unwrap();
        assert_eq!(actions::lists::count(&mut world.look().await, &norman, &query).await.unwrap(), 1);
        let mut tx = world.tx().await;
        let input = PeopleInput { role: Role::Cc, people: people("hana") };
        ticket::set_people(&mut tx, &admin, id, input).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(show::view(&mut world.look().await, &norman, id).await, Err(Error::NotFound)), "set anew without it");
    }

    // TC-055, TC-057, TC-122: watchers of a queue
    async fn tc055_queue_watchers_act_on_every_ticket_of_the_queue(world: World) {
        let admin = world.actor("admin").await;
        let (hana, tariq) = (world.actor("hana").await, world.actor("tariq").await);
        let night = group(&world, "Night", tariq.id()).await;
        let queue = world.queue_id("General").await;
        let mut tx = world.tx().await;
        setup::watch_queue(&mut tx, &hana, queue, (Role::Cc, Watcher::Person(hana.id())), true).await.unwrap();
        assert!(matches!(setup::watch_queue(&mut tx, &hana, queue, (Role::Cc, Watcher::Person(tariq.id())), true).await, Err(Error::Forbidden(_))));
        assert!(matches!(setup::watch_queue(&mut tx, &admin, queue, (Role::Requestor, Watcher::Group(night)), true).await, Err(Error::Invalid(_))));
        setup::watch_queue(&mut tx, &admin, queue, (Role::AdminCc, Watcher::Group(night)), true).await.unwrap();
        assert_eq!((tx.catalog().queue_watchers(queue, Role::Cc), tx.catalog().queue_watchers(queue, Role::AdminCc)), (vec![hana.id()], vec![tariq.id()]));
        tx.commit().await.unwrap();
        let id = general(&world, None).await;
        assert_eq!(recipients(&world, id).await, ["hana@csirt-staff.example", "tariq@csirt-staff.example"]);
        let mut tx = world.tx().await;
        setup::watch_queue(&mut tx, &hana, queue, (Role::Cc, Watcher::Person(hana.id())), false).await.unwrap();
        setup::watch_queue(&mut tx, &admin, queue, (Role::AdminCc, Watcher::Group(night)), false).await.unwrap();
        assert!(tx.catalog().queue_watchers(queue, Role::AdminCc).is_empty());
    }

    // TC-061: quiet addresses
    async fn tc061_a_squelched_address_gets_no_mail_of_the_ticket(world: World) {
        let id = world.report("Worm", "x").await;
        let admin = world.actor("admin").await;
        let mut tx = world.tx().await;
        ticket::set_squelched(&mut tx, &admin, id, "Ray@Bank.example", true).await.unwrap().unwrap();
        assert!(ticket::set_squelched(&mut tx, &admin, id, "ray@bank.example", true).await.unwrap().is_none());
        assert!(matches!(ticket::set_squelched(&mut tx, &world.actor("hana").await, id, "x@y.example", true).await, Err(Error::Forbidden(_))));
        tx.commit().await.unwrap();
        let before = recipients(&world, id).await;
        let mut tx = world.tx().await;
        let cc = PeopleInput { role: Role::Cc, people: people("other@bank.example") };
        ticket::set_people(&mut tx, &admin, id, cc).await.unwrap();
        ticket::reply(&mut tx, &admin, Reply { ticket: id, message: NewMessage::text("News."), time_taken: 0 }).await.unwrap();
        tx.commit().await.unwrap();
        let mut look = world.desk.db().read().await.unwrap();
        let mails = storage::outbound::of_ticket(&mut look, id).await.unwrap();
        let last = mails.iter().max_by_key(|mail| mail.id).unwrap();
        assert_eq!(last.letter.recipients, ["other@bank.example"], "{before:?}");
    }

    // TC-059
    async fn tc059_an_address_of_our_own_is_refused_as_a_watcher(world: World) {
        let id = general(&world, Some("dana")).await;
        let dana = world.actor_by("dana", Door::Rest2).await;
        let mut tx = world.tx().await;
        for role in Role::WATCHERS {
            let input = PeopleInput { role, people: people("reports@csirt.example") };
            assert!(matches!(ticket::set_people(&mut tx, &dana, id, input.clone()).await, Err(Error::Invalid(_))), "{role:?}");
            assert!(matches!(ticket::add_named(&mut tx, &dana, id, input).await, Err(Error::Invalid(_))), "{role:?}");
        }
        let unknown = PeopleInput { role: Role::Cc, people: people("group:Nobody at all") };
        assert!(matches!(ticket::add_named(&mut tx, &dana, id, unknown).await, Err(Error::Invalid(fields)) if fields[0].message.contains("no group called")));
    }
}
