mod complete;
mod edit;
mod judge;
mod parse;
mod print;
