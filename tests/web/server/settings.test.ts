import { expect, test } from 'vitest';
import { readSettings } from '#settings';

test('without any variable the site is a local one of the body in the seed text', () => {
	const settings = readSettings({});
	expect(settings).toMatchObject({
		port: 4321,
		host: '127.0.0.1',
		publicOrigin: 'http://localhost:4321',
		demo: false,
		psaMark: false,
		smtpUrl: null,
		secretKey: null,
	});
	expect(settings.allowedHosts).toEqual(['localhost:4321', '127.0.0.1:4321', '[::1]:4321']);
	expect(settings.organisation).toMatchObject({ name: 'IPT UK', companyNumber: '09723196', email: 'office@example.org' });
	expect(settings.buildDir).toBe(`${settings.dataDir}/build`);
	expect(Object.isFrozen(settings)).toBe(true);
});

test('the port is part of the local names; a public site has its own name only', () => {
	expect(readSettings({ PORT: '80' }).allowedHosts).toEqual(['localhost', '127.0.0.1', '[::1]']);
	expect(readSettings({ PORT: '5000', PUBLIC_ORIGIN: 'https://Register.Example/' })).toMatchObject({
		publicOrigin: 'https://register.example',
		allowedHosts: ['register.example'],
	});
	expect(readSettings({ ALLOWED_HOSTS: 'A.example, b.example:8080' }).allowedHosts).toEqual(['a.example', 'b.example:8080']);
});

test.each([
	['PORT', '0'],
	['PORT', '70000'],
	['PORT', '4321x'],
	['PUBLIC_ORIGIN', 'register.example'],
	['PUBLIC_ORIGIN', 'https://register.example/path'],
	['PUBLIC_ORIGIN', 'ftp://x'],
	['PUBLIC_ORIGIN', 'https://u:p@x'],
	['ALLOWED_HOSTS', 'a/b'],
	['TRUSTED_PROXIES', 'proxy'],
	['TRUSTED_PROXIES', '10.0.0.0/33'],
	['TRUSTED_PROXY_HOPS', '0'],
	['DEMO', 'maybe'],
	['SMTP_URL', 'http://x'],
	['LOG_LEVEL', 'loud'],
	['SECRET_KEY', 'short'],
	['AUDIT_KEY', 'short'],
	['ORG_EMAIL', 'nobody'],
	['MAIL_FROM', 'nobody'],
	['NEUTRAL_MAIL_FROM', 'nobody'],
	['PAYMENTS', 'cash'],
	['PAYMENTS', 'demo'],
	['STRIPE_API_BASE', 'https://stripe.example/v1'],
])('%s=%s is refused by name, without repeating the value of a secret', (name, value) => {
	expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`\\b${name} must`));
	if (name.endsWith('KEY')) expect(() => readSettings({ [name]: value })).not.toThrow(value);
});

test('empty is the same as absent, and flags can be said in many ways', () => {
	expect(readSettings({ PORT: '', PUBLIC_ORIGIN: ' ', DEMO: '', SMTP_URL: '' })).toEqual(readSettings({}));
	for (const on of ['1', 'true', 'YES', ' on ']) expect(readSettings({ DEMO: on }).demo).toBe(true);
	for (const off of ['0', 'false', 'no', 'off']) expect(readSettings({ DEMO: off }).demo).toBe(false);
});

test('payments on the website are off, the demonstration’s, or Stripe’s with both of its secrets', () => {
	expect(readSettings({}).payments).toMatchObject({ way: 'offline', stripe: null });
	expect(readSettings({ DEMO: '1' }).payments.way).toBe('demo');
	expect(readSettings({ DEMO: '1', PAYMENTS: 'offline' }).payments.way).toBe('offline');
	expect(() => readSettings({ PAYMENTS: 'stripe', STRIPE_SECRET_KEY: 'sk_x' })).toThrow('STRIPE_WEBHOOK_SECRET must be set');
	const stripe = { secretKey: 'sk_x', webhookSecret: 'whsec_x', apiBase: null };
	expect(readSettings({ PAYMENTS: 'stripe', STRIPE_SECRET_KEY: 'sk_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' }).payments).toMatchObject({ way: 'stripe', stripe });
});
