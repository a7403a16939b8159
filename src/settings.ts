import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

export type Settings = Readonly<{
	port: number;
	/** The address the server listens on. */
	host: string;
	/** Absolute path; everything the program writes is below it. */
	dataDir: string;
	/** Absolute path of Astro's output (`server/entry.mjs`, `client/`). */
	buildDir: string;
	/** Absolute path of the program's own sources, where its child processes are started from: the built pages lie elsewhere. */
	sourceDir: string;
	/** Scheme, name and port as people see them, without a slash at the end. Links in mails start with it. */
	publicOrigin: string;
	/** Values of the Host header that are answered, lower case. */
	allowedHosts: readonly string[];
	/** Addresses or ranges (`10.0.0.0/8`) whose X-Forwarded-For is believed. */
	trustedProxies: readonly string[];
	trustedProxyHops: number;
	/** Demonstration mode: invented people, `/demo`. */
	demo: boolean;
	/** True when the server runs the jobs itself; false when something outside runs `npm run jobs`. */
	jobsInside: boolean;
	/** Demonstration and tests only: the instant (ms UTC) at which the clock begins; null for the machine's own clock. */
	demoNow: number | null;
	smtpUrl: string | null;
	/** Who becomes the first registrar of a new installation. */
	registrarEmail: string | null;
	mailFrom: string;
	/** From where messages come to people who raised a concern: an address that says nothing of us. Null: that of all others. */
	neutralMailFrom: string | null;
	logLevel: (typeof LOG_LEVELS)[number];
	/** Absolute path, or null for standard output. */
	logFile: string | null;
	/** Null: the key file under DATA_DIR is used. */
	secretKey: string | null;
	auditKey: string | null;
	organisation: Organisation;
	/** Wording and mark of the Professional Standards Authority. */
	psaMark: boolean;
	payments: PaymentSettings;
	scan: ScanSettings;
	/** Uploads are refused while the disk has less room than this. */
	leastFreeBytes: number;
}>;

export type ScanSettings = Readonly<{
	/** Where the scanner clamd listens; null where there is none. */
	clamd: { path: string } | { host: string; port: number } | null;
	/** Files younger than this are scanned again every day. */
	againDays: number;
}>;

export type PaymentSettings = Readonly<{
	/** How people pay on the website: not at all (`offline`), on the page of the demonstration, or with Stripe. A transfer is always possible. */
	way: 'offline' | 'demo' | 'stripe';
	/** Where to send a transfer, as it is printed on invoices; '' where nobody said. */
	bankDetails: string;
	stripe: Readonly<{ secretKey: string; webhookSecret: string; apiBase: string | null }> | null;
}>;

export type Organisation = Readonly<{
	name: string;
	companyNumber: string;
	address: string;
	email: string;
	phone: string;
	openingHours: string;
}>;

const orUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = (fallback: string, max = 300) => z.preprocess(orUnset, z.string().trim().max(max).default(fallback));
const optionalText = z.preprocess(orUnset, z.string().trim().optional());
const list = z.preprocess(orUnset, z.string().optional()).transform((value) => (value ?? '').split(/[\s,]+/).filter(Boolean));
const flag = z
	.preprocess(
		(value) => (typeof value === 'string' ? value.trim().toLowerCase() : value),
		z.enum(['', '0', '1', 'true', 'false', 'yes', 'no', 'on', 'off'], 'must be on or off').default('off'),
	)
	.transform((value) => ['1', 'true', 'yes', 'on'].includes(value));
const wholeNumber = (from: number, to: number, fallback: number) => {
	const message = `must be a whole number from ${from} to ${to}`;
	return z.preprocess(orUnset, z.coerce.number(message).int(message).min(from, message).max(to, message).default(fallback));
};

const settingNames = z.object({
	PORT: wholeNumber(1, 65_535, 4321),
	HOST: text('127.0.0.1'),
	DATA_DIR: text('.data', 4096),
	BUILD_DIR: optionalText,
	PUBLIC_ORIGIN: optionalText.refine(isOrigin, 'must be scheme and name only, such as https://register.example.org'),
	ALLOWED_HOSTS: list.refine((hosts) => hosts.every(isHost), 'must be names as a browser sends them, such as register.example.org, separated by commas'),
	TRUSTED_PROXIES: list.refine((all) => all.every(isAddressOrRange), 'must be addresses or ranges such as 10.0.0.1 or 10.0.0.0/8, separated by commas'),
	TRUSTED_PROXY_HOPS: wholeNumber(1, 10, 1),
	DEMO: flag,
	JOBS: z.preprocess(orUnset, z.enum(['inside', 'outside'], 'must be inside (the server runs the jobs) or outside (npm run jobs does)').default('inside')),
	DEMO_NOW: optionalText.refine((value) => value === undefined || !Number.isNaN(Date.parse(value)), 'must be an instant such as 2026-11-22T12:00:00Z'),
	SMTP_URL: optionalText.refine((value) => value === undefined || /^smtps?:\/\/./.test(value), 'must begin with smtp:// or smtps://'),
	MAIL_FROM: optionalText.refine((value) => value === undefined || value.includes('@'), 'must be a mail address'),
	NEUTRAL_MAIL_FROM: optionalText.refine((value) => value === undefined || value.includes('@'), 'must be a mail address'),
	LOG_LEVEL: z.preprocess(orUnset, z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info')),
	LOG_FILE: optionalText,
	SECRET_KEY: optionalText.refine(isLongEnough, 'must have at least 32 characters'),
	AUDIT_KEY: optionalText.refine(isLongEnough, 'must have at least 32 characters'),
	ORG_NAME: text('IPT UK'),
	ORG_COMPANY_NUMBER: text('09723196'),
	ORG_ADDRESS: text('124 City Road, London, EC1V 2NX'),
	ORG_EMAIL: text('office@example.org').refine((value) => value.includes('@'), 'must be a mail address'),
	ORG_PHONE: text(''),
	ORG_OPENING_HOURS: text('Monday to Friday, 9am to 5pm'),
	PSA_MARK: flag,
	ORG_BANK_DETAILS: text(''),
	REGISTRAR_EMAIL: optionalText.refine((value) => value === undefined || value.includes('@'), 'must be a mail address'),
	SCAN: z.preprocess(orUnset, z.enum(['none', 'clamd'], 'must be none or clamd').default('none')),
	CLAMD_ADDRESS: optionalText.refine(
		(value) => value === undefined || readAddress(value) !== null,
		'must be a path such as /run/clamav/clamd.ctl, or host:port',
	),
	SCAN_AGAIN_DAYS: wholeNumber(1, 3650, 30),
	LEAST_FREE_MB: wholeNumber(0, 1_000_000_000, 1024),
	PAYMENTS: z.preprocess(orUnset, z.enum(['offline', 'demo', 'stripe'], 'must be offline, demo or stripe').optional()),
	STRIPE_SECRET_KEY: optionalText,
	STRIPE_WEBHOOK_SECRET: optionalText,
	STRIPE_API_BASE: optionalText.refine(isOrigin, 'must be scheme and name only: it is meant for tests'),
});

const environment = settingNames.superRefine((env, check) => {
	const wrong = (name: string, message: string) => check.addIssue({ code: 'custom', path: [name], message });
	if (env.SCAN === 'clamd' && !env.CLAMD_ADDRESS) wrong('CLAMD_ADDRESS', 'must be set when SCAN is clamd');
	if (env.PAYMENTS === 'demo' && !env.DEMO) wrong('PAYMENTS', 'must not be demo outside demonstration mode');
	for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const)
		if (env.PAYMENTS === 'stripe' && !env[name]) wrong(name, 'must be set when PAYMENTS is stripe');
});

/**
 * Reads the settings from environment variables. Unknown variables are ignored; an empty one counts as absent.
 * @throws Error whose message names each variable that is wrong and what is expected, without repeating its value
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
	const parsed = environment.safeParse(env);
	if (!parsed.success) throw new Error(explain(parsed.error));
	return arrange(parsed.data);
}

function explain(error: z.ZodError): string {
	const lines = error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}.`);
	return ['Some settings are not right:', ...lines, 'Settings are environment variables; the README lists them.'].join('\n');
}

function arrange(env: z.output<typeof environment>): Settings {
	const dataDir = resolve(env.DATA_DIR);
	const publicOrigin = new URL(env.PUBLIC_ORIGIN ?? `http://localhost:${env.PORT}`).origin;
	return Object.freeze({
		port: env.PORT,
		host: env.HOST,
		dataDir,
		buildDir: env.BUILD_DIR ? resolve(env.BUILD_DIR) : resolve(dataDir, 'build'),
		sourceDir: import.meta.dirname,
		publicOrigin,
		allowedHosts: Object.freeze(env.ALLOWED_HOSTS.length > 0 ? env.ALLOWED_HOSTS.map((host) => host.toLowerCase()) : defaultHosts(publicOrigin)),
		trustedProxies: Object.freeze(env.TRUSTED_PROXIES),
		trustedProxyHops: env.TRUSTED_PROXY_HOPS,
		demo: env.DEMO,
		jobsInside: env.JOBS === 'inside',
		demoNow: env.DEMO && env.DEMO_NOW ? Date.parse(env.DEMO_NOW) : null,
		smtpUrl: env.SMTP_URL ?? null,
		registrarEmail: env.REGISTRAR_EMAIL ?? null,
		mailFrom: env.MAIL_FROM ?? env.ORG_EMAIL,
		neutralMailFrom: env.NEUTRAL_MAIL_FROM ?? null,
		logLevel: env.LOG_LEVEL,
		logFile: env.LOG_FILE ? resolve(env.LOG_FILE) : null,
		secretKey: env.SECRET_KEY ?? null,
		auditKey: env.AUDIT_KEY ?? null,
		organisation: arrangeOrganisation(env),
		psaMark: env.PSA_MARK,
		payments: arrangePayments(env),
		scan: Object.freeze({ clamd: env.SCAN === 'clamd' ? readAddress(env.CLAMD_ADDRESS ?? '') : null, againDays: env.SCAN_AGAIN_DAYS }),
		leastFreeBytes: env.LEAST_FREE_MB * 1024 * 1024,
	});
}

function arrangePayments(env: z.output<typeof environment>): PaymentSettings {
	const way = env.PAYMENTS ?? (env.DEMO ? 'demo' : 'offline');
	const stripe = { secretKey: env.STRIPE_SECRET_KEY ?? '', webhookSecret: env.STRIPE_WEBHOOK_SECRET ?? '', apiBase: env.STRIPE_API_BASE ?? null };
	return Object.freeze({ way, bankDetails: env.ORG_BANK_DETAILS, stripe: way === 'stripe' ? Object.freeze(stripe) : null });
}

function arrangeOrganisation(env: z.output<typeof environment>): Organisation {
	return Object.freeze({
		name: env.ORG_NAME,
		companyNumber: env.ORG_COMPANY_NUMBER,
		address: env.ORG_ADDRESS,
		email: env.ORG_EMAIL,
		phone: env.ORG_PHONE,
		openingHours: env.ORG_OPENING_HOURS,
	});
}

/** True for an origin whose name only ever means this machine. */
export function isLocalOrigin(origin: string): boolean {
	return LOCAL_NAMES.includes(new URL(origin).hostname);
}

function defaultHosts(publicOrigin: string): string[] {
	const { host, port } = new URL(publicOrigin);
	if (!isLocalOrigin(publicOrigin)) return [host];
	return LOCAL_NAMES.map((name) => (port === '' ? name : `${name}:${port}`));
}

function isOrigin(value: string | undefined): boolean {
	if (value === undefined) return true;
	if (!URL.canParse(value)) return false;
	const url = new URL(value);
	return ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

function isHost(value: string): boolean {
	return URL.canParse(`http://${value}`) && !/[/?#@\\]/.test(value);
}

function isAddressOrRange(value: string): boolean {
	const [address = '', bits, ...rest] = value.split('/');
	const family = isIP(address);
	if (family === 0 || rest.length > 0) return false;
	return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A path of a unix socket, or `host:port` (an address of IPv6 in brackets). */
function readAddress(value: string): ScanSettings['clamd'] {
	if (value.startsWith('/')) return { path: value };
	const [, host = '', port] = /^(?:tcp:\/\/)?(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(value) ?? [];
	const number = Number(port);
	return port !== undefined && number >= 1 && number <= 65_535 ? { host: host.replace(/[[\]]/g, ''), port: number } : null;
}

function isLongEnough(value: string | undefined): boolean {
	return value === undefined || value.length >= 32;
}
