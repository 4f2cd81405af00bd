//! A mail server's end of LMTP (RFC 2033), and the mails that it delivers: reports of two kilobytes from two hundred senders.

use anyhow::{Result, ensure};
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

pub(crate) struct Client {
    reader: BufReader<TcpStream>,
}

pub(crate) struct Mail {
    from: String,
    pub(crate) raw: Vec<u8>,
}

pub(crate) const RECIPIENT: &str = "reports@csirt.example";
const SENDERS: usize = 200;
const BYTES: usize = 2_000;
const LATER: Duration = Duration::from_millis(100);

impl Mail {
    /// One with a file of so many bytes.
    pub(crate) fn with_file(number: usize, bytes: usize) -> Self {
        let from = format!("reporter{}@mail.example", number % SENDERS);
        let mut raw = format!(
            "From: <{from}>\r\nTo: {RECIPIENT}\r\nSubject: Capture {number} of {bytes} bytes\r\n\
             Message-ID: <bench-file-{number}-{bytes}-{}@mail.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe traffic of last night.\r\n\
             --b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=night.pcap\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n",
            std::process::id()
        );
        // no two alike: equal contents are kept once
        let line = format!("{:0>76}\r\n", format!("{number}A"));
        raw.reserve(bytes + 2 * line.len());
        while raw.len() < bytes {
            raw.push_str(&line);
        }
        raw.push_str("--b--\r\n");
        Self { from, raw: raw.into_bytes() }
    }

    pub(crate) fn number(number: usize) -> Self {
        let from = format!("reporter{}@mail.example", number % SENDERS);
        let (third, fourth) = (number / 250 % 250, number % 250);
        let mut raw = format!(
            "From: Reporter {} <{from}>\r\nTo: {RECIPIENT}\r\nSubject: Scans from 198.18.{third}.{fourth}\r\n\
             Message-ID: <bench-{number}-{}@mail.example>\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSince this morning, of www.site{number}.example:\r\n",
            number % SENDERS,
            std::process::id()
        );
        for line in 0.. {
            if raw.len() >= BYTES {
                break;
            }
            raw.push_str(&format!(
                "10:{:02}:{:02} sshd: Failed password for root from 198.18.{third}.{fourth} port {}\r\n",
                line % 60,
                number % 60,
                1_024 + line
            ));
        }
        Self { from, raw: raw.into_bytes() }
    }
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let mut client = Self { reader: BufReader::new(stream) };
        client.expect("220")?;
        client.say(b"LHLO mail.example\r\n", "250")?;
        Ok(client)
    }

    /// Returns when the mail was acknowledged; told to come later, it comes again, as mail servers do, only sooner than they.
    /// No line of these mails begins with a dot.
    pub(crate) fn deliver(&mut self, mail: &Mail) -> Result<()> {
        while self.put_off(mail)? {
            std::thread::sleep(LATER);
        }
        Ok(())
    }

    /// Whether there was no room for the mail just now.
    fn put_off(&mut self, mail: &Mail) -> Result<bool> {
        self.say(format!("MAIL FROM:<{}>\r\n", mail.from).as_bytes(), "250")?;
        self.say(format!("RCPT TO:<{RECIPIENT}>\r\n").as_bytes(), "250")?;
        self.say(b"DATA\r\n", "354")?;
        let mut raw = mail.raw.clone();
        raw.extend_from_slice(b".\r\n");
        self.reader.get_mut().write_all(&raw)?;
        let answer = self.line()?;
        ensure!(answer.starts_with("250 ") || answer.starts_with("452 "), "the answer to the mail is “{}”", answer.trim_end());
        Ok(answer.starts_with("452 "))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        Ok(line)
    }

    fn say(&mut self, bytes: &[u8], code: &str) -> Result<()> {
        self.reader.get_mut().write_all(bytes)?;
        self.expect(code)
    }

    fn expect(&mut self, code: &str) -> Result<()> {
        loop {
            let line = self.line()?;
            ensure!(line.starts_with(code), "the answer is “{}” and not {code}", line.trim_end());
            if line.as_bytes().get(3) == Some(&b' ') {
                return Ok(());
            }
        }
    }
}
