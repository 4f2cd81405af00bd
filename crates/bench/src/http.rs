//! As much of a browser's connection as measuring needs: one that is kept open, a cookie, whole answers. What it costs itself is
//! part of every number, so it does little.

use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

pub(crate) struct Connection {
    reader: BufReader<TcpStream>,
    host: String,
    cookie: String,
    line: String,
    body: Vec<u8>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) cookie: Option<String>,
    pub(crate) location: Option<String>,
    /// Asks to be looked at again.
    pub(crate) refreshes: bool,
    pub(crate) length: usize,
}

impl Connection {
    pub(crate) fn open(host: &str, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).with_context(|| format!("connecting to {host}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let reader = BufReader::with_capacity(64 * 1024, stream);
        Ok(Self { reader, host: host.to_owned(), cookie: cookie.to_owned(), line: String::new(), body: vec![] })
    }

    /// Compressed, as browsers ask for pages.
    pub(crate) fn get(&mut self, path: &str) -> Result<Answer> {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: gzip\r\nCookie: {}\r\n\r\n", self.host, self.cookie);
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    pub(crate) fn post(&mut self, path: &str, form: &str) -> Result<Answer> {
        let kind = "application/x-www-form-urlencoded";
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{form}",
            self.cookie,
            form.len(),
            host = self.host
        );
        self.reader.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn read_line(&mut self) -> Result<&str> {
        self.line.clear();
        if self.reader.read_line(&mut self.line)? == 0 {
            bail!("the connection ended");
        }
        Ok(self.line.trim_end())
    }

    fn answer(&mut self) -> Result<Answer> {
        let status = self.read_line()?.split_whitespace().nth(1).and_then(|code| code.parse().ok()).context("no status")?;
        let (mut length, mut cookie, mut location, mut refreshes) = (None, None, None, false);
        loop {
            let line = self.read_line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok(),
                "location" => location = Some(value.trim().to_owned()),
                "refresh" => refreshes = true,
                "set-cookie" => cookie = value.split(';').next().map(|value| value.trim().to_owned()),
                _ => {}
            }
        }
        let length = match length {
            Some(length) => self.take(length)?,
            None if status == 204 || status == 304 => 0,
            None => self.take_chunks()?,
        };
        Ok(Answer { status, cookie, location, refreshes, length })
    }

    fn take(&mut self, length: usize) -> Result<usize> {
        self.body.resize(length, 0);
        self.reader.read_exact(&mut self.body)?;
        Ok(length)
    }

    fn take_chunks(&mut self) -> Result<usize> {
        let mut all = 0;
        loop {
            let size = self.read_line()?.split(';').next().unwrap_or_default().to_owned();
            let size = usize::from_str_radix(size.trim(), 16).context("the size of a chunk")?;
            self.take(size + 2)?;
            if size == 0 {
                return Ok(all);
            }
            all += size;
        }
    }
}

/// A session's cookie.
pub(crate) fn sign_in(host: &str, name: &str) -> Result<String> {
    let answer = Connection::open(host, "")?.post("/sign-in", &format!("name={name}&password=watchbell"))?;
    answer.cookie.with_context(|| format!("{name} cannot sign in: status {}", answer.status))
}
