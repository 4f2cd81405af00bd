//! What tests of every crate share: the named world on either database, a clock in the hand, and the server that PostgreSQL
//! tests run on. Never part of the product.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up shall fail loudly")]

mod clock;
pub mod postgres;
mod world;

pub use clock::TestClock;
pub use world::{PASSWORD, World, send_all};

/// Writes each test once and runs it on both databases: `testkit::both! { async fn it_works(world: World) { … } }`.
#[macro_export]
macro_rules! both {
    ($($(#[$attribute:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing of its module")]
            use super::*;
            async fn run($world: $crate::World) $body
            $(#[$attribute])*
            #[test]
            fn sqlite() {
                $crate::World::test_on_sqlite(run);
            }
            $(#[$attribute])*
            #[test]
            fn postgres() {
                $crate::World::test_on_postgres(run);
            }
        }
    )*};
}
