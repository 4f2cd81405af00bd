mod bounces;
mod hostile;
mod machines;
mod new_ticket;
mod refusals;
mod threading;
mod workers;
