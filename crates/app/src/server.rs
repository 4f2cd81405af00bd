//! Wiring: which parts run in this process, and how they stop together.

use crate::{
    config::{Config, Log, LogFormat, Mail, Transport},
    operations,
};
use actions::Desk;
use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{ConnectInfo, Request},
};
use clap::ValueEnum;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    trace::TraceLayer,
};

/// What a process can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Pages, API, mail gateway.
    Web,
    /// Taking mail in.
    Lmtp,
    /// Processing what came in, sending what goes out.
    Jobs,
}

#[derive(Clone, Debug)]
pub(crate) struct Roles(Vec<Role>);

impl Roles {
    pub(crate) fn all() -> Self {
        Self(Role::value_variants().to_vec())
    }
    pub(crate) fn of(roles: &[Role]) -> Self {
        Self(roles.to_vec())
    }
    fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }
}

/// After this, whatever still runs is dropped; its transactions are undone.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn start_logging(log: &Log) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&log.filter).context("log.filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}

/// Sockets, bound before anything is promised, so that a taken port is told at once.
pub(crate) struct Listening {
    roles: Roles,
    http: TcpListener,
    lmtp: Option<TcpListener>,
}

impl Listening {
    /// With port 0 the system chooses; the configuration then says what it chose.
    pub(crate) async fn bind(config: &mut Config, roles: &Roles) -> Result<Self> {
        let http = TcpListener::bind(config.http.listen)
            .await
            .with_context(|| format!("cannot listen on {} for the web", config.http.listen))?;
        let bound = http.local_addr()?;
        if config.http.listen.port() == 0 && config.public_url.ends_with(":0") {
            config.public_url = format!("http://{bound}");
        }
        config.http.listen = bound;
        config.public_url.truncate(config.public_url.trim_end_matches('/').len());
        let lmtp = if roles.has(Role::Lmtp) {
            Some(
                TcpListener::bind(config.lmtp.listen)
                    .await
                    .with_context(|| format!("cannot listen on {} for mail", config.lmtp.listen))?,
            )
        } else {
            None
        };
        Ok(Self { roles: roles.clone(), http, lmtp })
    }

    pub(crate) fn lmtp_address(&self) -> Option<SocketAddr> {
        self.lmtp.as_ref().and_then(|listener| listener.local_addr().ok())
    }
}

/// Runs until told to stop, then lets everything finish for a while.
pub(crate) async fn run(desk: Desk, config: Config, listening: Listening) -> Result<()> {
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder().context("cannot collect numbers")?;
    let stop = CancellationToken::new();
    let mut parts: JoinSet<Result<()>> = JoinSet::new();
    let limits = mail_in::Limits { message_bytes: config.lmtp.max_message_bytes, ..mail_in::Limits::default() };
    let intake = mail_in::Intake::start(desk.clone(), config.mail.filter()?);
    let processor = mail_in::Processor::new(desk.clone(), limits);

    let app = http_door::App::new(
        desk.clone(),
        http_door::Settings { public_url: config.public_url.clone(), max_upload: config.http.max_upload_bytes },
    );
    if listening.roles.has(Role::Web) {
        spawn_news(&mut parts, &app, &stop);
    }
    let mut routes = operations::router(desk.clone(), metrics);
    if listening.roles.has(Role::Web) {
        routes = routes.merge(pages(&app)).merge(mail_in::gateway::router(
            desk.clone(),
            intake.clone(),
            processor.clone(),
            gateway_limits(&config),
        ));
    }
    let service = layered(routes, config.trusted_proxies.clone());
    let token = stop.clone();
    parts.spawn(async move {
        let service = service.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listening.http, service).with_graceful_shutdown(token.cancelled_owned()).await.context("the web server")
    });
    if listening.roles.has(Role::Lmtp) {
        for mailbox in config.mailboxes()? {
            let (desk, intake, token) = (desk.clone(), intake.clone(), stop.clone());
            parts.spawn(async move {
                mail_in::imap::run(desk, intake, mailbox, token).await;
                Ok(())
            });
        }
    }
    if let Some(listener) = listening.lmtp {
        let lmtp = mail_in::lmtp::LmtpLimits {
            max_message_bytes: config.lmtp.max_message_bytes,
            max_connections: config.lmtp.max_connections,
            ..mail_in::lmtp::LmtpLimits::default()
        };
        let (token, tls) = (stop.clone(), config.lmtp.tls()?);
        parts.spawn(async move {
            mail_in::lmtp::serve(listener, Arc::new(intake), lmtp, tls, token).await;
            Ok(())
        });
    }
    if listening.roles.has(Role::Jobs) {
        // PostgreSQL lets several work at once; SQLite has one writer
        let workers = if desk.db().is_postgres() { 3 } else { 1 };
        let token = stop.clone();
        parts.spawn(async move {
            processor.run(workers, token).await;
            Ok(())
        });
        if !desk.db().is_postgres() {
            actions::outbox::release(&desk).await?;
        }
        let transport = signing(transport(&config.mail)?, config.mail.signers()?);
        if transport.is_none() {
            tracing::warn!("no mail transport is configured; outgoing mail stays in the outbox");
        }
        let (firewall, receivers) = (config.firewall.chosen("firewall")?, config.receivers()?);
        let domains = config.mail.domain_limits();
        let settings = jobs::Settings { firewall, receivers, domains, ..jobs::Settings::default() };
        let token = stop.clone();
        parts.spawn(async move {
            jobs::Jobs::start(desk, transport, settings, token.clone()).stopped(token).await;
            Ok(())
        });
    }
    wait(parts, stop).await
}

/// News between processes; and open pages that listen for news must not hold up the end.
fn spawn_news(parts: &mut JoinSet<Result<()>>, app: &http_door::App, stop: &CancellationToken) {
    let (app, token) = (app.clone(), stop.clone());
    parts.spawn(async move {
        tokio::select! {
            () = actions::live::relay(app.desk.clone()) => token.cancelled().await,
            () = token.cancelled() => {}
        }
        app.streams.stop();
        Ok(())
    });
}

fn pages(app: &http_door::App) -> Router {
    // the API looks at the origin itself, because it refuses in JSON and lets tokens through
    web::router(app.clone())
        .layer(axum::middleware::from_fn_with_state(app.clone(), http_door::same_origin))
        .merge(api::router(app.clone()))
        .layer(axum::middleware::from_fn(http_door::security_headers))
}

fn gateway_limits(config: &Config) -> mail_in::gateway::GatewayLimits {
    mail_in::gateway::GatewayLimits {
        max_message_bytes: config.lmtp.max_message_bytes,
        ..mail_in::gateway::GatewayLimits::default()
    }
}

/// Every request gets an id that its log lines and its answer carry.
fn layered(routes: Router, trusted: Vec<IpAddr>) -> Router {
    let span = move |request: &Request| {
        let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
        let client = client(request, &trusted).map(|address| address.to_string()).unwrap_or_default();
        tracing::info_span!("request", http.method = %request.method(), http.path = request.uri().path(), request.id = id, client.address = client)
    };
    routes
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
}

/// Who asks: the peer, or, when that is a proxy of ours, the last address it was told that is none.
fn client(request: &Request, trusted: &[IpAddr]) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip();
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let forwarded = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<IpAddr> =
        forwarded.flat_map(|list| list.split(',')).filter_map(|address| address.trim().parse().ok()).collect();
    told.into_iter().rev().find(|address| !trusted.contains(address)).or(Some(peer))
}

fn transport(mail: &Mail) -> Result<Option<Arc<dyn mail_out::Transport>>> {
    use mail_out::transport::{Encryption, Maildir, Sendmail, Smtp, SmtpSettings};
    Ok(match mail.chosen() {
        Some(Transport::Maildir) => {
            mail.maildir.as_ref().map(|section| Arc::new(Maildir::new(section.path.clone())) as Arc<dyn mail_out::Transport>)
        }
        Some(Transport::Sendmail) => {
            mail.sendmail.as_ref().map(|section| Arc::new(Sendmail::new(section.path.clone())) as Arc<dyn mail_out::Transport>)
        }
        Some(Transport::Smtp) => match &mail.smtp {
            Some(section) => {
                let settings = SmtpSettings {
                    host: section.host.clone(),
                    port: section.port,
                    encryption: match section.encryption {
                        crate::config::Encryption::None => Encryption::None,
                        crate::config::Encryption::StartTls => Encryption::StartTls,
                        crate::config::Encryption::Tls => Encryption::Tls,
                    },
                    credentials: section.username.clone().zip(section.password.clone()),
                    hello_name: section.hello_name.clone(),
                    timeout: Duration::from_mins(1),
                };
                Some(Arc::new(Smtp::new(settings).map_err(|error| anyhow::anyhow!("mail.smtp: {error}"))?)
                    as Arc<dyn mail_out::Transport>)
            }
            None => None,
        },
        None => None,
    })
}

fn signing(
    transport: Option<Arc<dyn mail_out::Transport>>,
    signers: Vec<mail_out::dkim::Signer>,
) -> Option<Arc<dyn mail_out::Transport>> {
    match transport {
        Some(plain) if !signers.is_empty() => Some(Arc::new(mail_out::transport::Signing::new(plain, signers))),
        other => other,
    }
}

/// Until a signal, or until a part fails; then all are asked to stop, and given time.
async fn wait(mut parts: JoinSet<Result<()>>, stop: CancellationToken) -> Result<()> {
    let mut failure = None;
    tokio::select! {
        () = signalled() => tracing::info!("stopping"),
        ended = parts.join_next() => {
            failure = match ended {
                Some(Ok(Err(error))) => Some(error),
                Some(Err(error)) => Some(error.into()),
                _ => Some(anyhow::anyhow!("a part of the server ended by itself")),
            };
        }
    }
    stop.cancel();
    let finished = tokio::time::timeout(PATIENCE, async { while parts.join_next().await.is_some() {} }).await;
    if finished.is_err() {
        tracing::warn!("some work did not end in time and was dropped");
        parts.abort_all();
    }
    failure.map_or(Ok(()), Err)
}

async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
