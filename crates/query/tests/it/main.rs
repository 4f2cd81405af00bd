mod judge;
mod parse;
mod print;
