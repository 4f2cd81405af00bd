//! A mail server's end of LMTP, and mails to send through it.

use std::{
    io::{BufRead, BufReader, Error, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

pub(crate) struct Client {
    reader: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Result<Client, Error> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let mut client = Client { reader: BufReader::new(stream) };
        client.answer()?;
        client.say("LHLO mx.test.example")?;
        Ok(client)
    }

    /// One answer, all its lines.
    fn answer(&mut self) -> Result<String, Error> {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line)? == 0 {
                return Err(Error::other("the connection ended"));
            }
            let last = line.as_bytes().get(3) == Some(&b' ');
            answer.push_str(&line);
            if last {
                return Ok(answer);
            }
        }
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<String, Error> {
        self.reader.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
        self.answer()
    }

    /// The final answer for one message to one recipient; dots are stuffed here.
    pub(crate) fn deliver(&mut self, from: &str, to: &str, raw: &[u8]) -> Result<String, Error> {
        let answer = self.say(&format!("MAIL FROM:<{from}>"))?;
        if !answer.starts_with("250") {
            return Ok(answer);
        }
        let answer = self.say(&format!("RCPT TO:<{to}>"))?;
        if !answer.starts_with("250") {
            self.say("RSET")?;
            return Ok(answer);
        }
        let answer = self.say("DATA")?;
        if !answer.starts_with("354") {
            return Ok(answer);
        }
        let mut stuffed = Vec::with_capacity(raw.len() + 16);
        for line in raw.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                stuffed.push(b'.');
            }
            stuffed.extend_from_slice(line);
        }
        if !stuffed.ends_with(b"\r\n") {
            stuffed.extend_from_slice(b"\r\n");
        }
        stuffed.extend_from_slice(b".\r\n");
        self.reader.get_mut().write_all(&stuffed)?;
        self.answer()
    }
}

/// Delivers one message over a connection of its own and expects it to be taken.
pub(crate) fn deliver(address: SocketAddr, from: &str, to: &str, raw: &str) {
    let answer = Client::connect(address).unwrap().deliver(from, to, raw.replace('\n', "\r\n").as_bytes()).unwrap();
    assert!(answer.starts_with("250"), "{answer}");
}

/// A short text mail.
pub(crate) fn mail(from: &str, to: &str, subject: &str, id: &str, text: &str) -> String {
    format!("From: {from}\nTo: {to}\nSubject: {subject}\nMessage-ID: <{id}>\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\n{text}\n")
}

/// The mail of A2: multipart, an attachment, non-ASCII, two addresses and a domain.
pub(crate) fn report() -> String {
    "From: =?UTF-8?Q?S=C3=B8ren_S=C3=B8rensen?= <soren@ferry.example>\n\
     To: reports@csirt.example\n\
     Subject: =?UTF-8?Q?Wurm_aus_Ihrem_Netz_=E2=80=93_bitte_pr=C3=BCfen?=\n\
     Message-ID: <first-report@ferry.example>\n\
     Date: Mon, 02 Mar 2026 10:00:00 +0000\n\
     MIME-Version: 1.0\n\
     Content-Type: multipart/mixed; boundary=\"outer\"\n\
     \n\
     --outer\n\
     Content-Type: text/plain; charset=iso-8859-1\n\
     Content-Transfer-Encoding: quoted-printable\n\
     \n\
     Gr=FC=DFe,\n\
     192.0.2.7 und 198.51.100.9 greifen shop.example an.\n\
     --outer\n\
     Content-Type: text/csv; name=\"log.csv\"\n\
     Content-Disposition: attachment; filename=\"log.csv\"\n\
     Content-Transfer-Encoding: base64\n\
     \n\
     dGltZSxzcmMKMTA6MDAsMTkyLjAuMi43Cg==\n\
     --outer--\n"
        .to_owned()
}
