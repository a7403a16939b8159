import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A passkey in software: makes and uses keys as a browser's answer would be, and can be made to misbehave. */
export type Authenticator = {
	id: string;
	counter: number;
	/** Answers `optionsToRegister` / `optionsToUse`. */
	register(options: string, lies?: Lies): string;
	use(options: string, lies?: Lies): string;
};

/** What an answer claims against the truth. */
export type Lies = { origin?: string; site?: string; isVerified?: boolean; challenge?: string; signedBy?: Authenticator };

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HOLDS_KEY = 0x40;
const secrets = new WeakMap<Authenticator, KeyObject>();

export function authenticator(origin: string): Authenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const credential = randomBytes(32);
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	// COSE: EC2, ES256, P-256, then the point.
	const cose = Buffer.concat([hex('a5010203262001215820'), b64(x), hex('225820'), b64(y)]);
	const clientData = (type: string, options: string, lies: Lies) =>
		Buffer.from(JSON.stringify({ type, challenge: lies.challenge ?? JSON.parse(options).challenge, origin: lies.origin ?? origin, crossOrigin: false }));
	const head = (flags: number, lies: Lies) => {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(self.counter);
		const verified = lies.isVerified === false ? 0 : VERIFIED;
		return Buffer.concat([sha256(lies.site ?? new URL(origin).hostname), Buffer.from([PRESENT | verified | flags]), counter]);
	};
	const answer = (response: Record<string, unknown>) =>
		JSON.stringify({ id: self.id, rawId: self.id, type: 'public-key', clientExtensionResults: {}, response });
	const self: Authenticator = {
		id: credential.toString('base64url'),
		counter: 0,
		register(options, lies = {}) {
			const authData = Buffer.concat([head(HOLDS_KEY, lies), Buffer.alloc(16), Buffer.from([0, credential.length]), credential, cose]);
			// CBOR: { fmt: 'none', attStmt: {}, authData: … }
			const attestation = Buffer.concat([hex('a363666d74646e6f6e656761747453746d74a068617574684461746158'), Buffer.from([authData.length]), authData]);
			return answer({ clientDataJSON: text(clientData('webauthn.create', options, lies)), attestationObject: text(attestation), transports: ['internal'] });
		},
		use(options, lies = {}) {
			const [data, authData] = [clientData('webauthn.get', options, lies), head(0, lies)];
			const key = secrets.get(lies.signedBy ?? self) as KeyObject;
			const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), key);
			return answer({ clientDataJSON: text(data), authenticatorData: text(authData), signature: text(signature) });
		},
	};
	secrets.set(self, createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })));
	return self;
}

const hex = (digits: string) => Buffer.from(digits, 'hex');
const b64 = (value: string) => Buffer.from(value, 'base64url');
const text = (bytes: Buffer) => bytes.toString('base64url');
const sha256 = (value: string | Buffer) => createHash('sha256').update(value).digest();
