/** Every vector that could make an element, an attribute or an address carries this word, so that it is found if one does. */
export const MARK = 'zq7x';

/** Markup, scripts and template code. */
const MARKUP = [
	`<${MARK}>`,
	`"><${MARK}>`,
	`'><${MARK}>`,
	`" on${MARK}="1`,
	`' on${MARK}='1`,
	`x on${MARK}=1 y`,
	`\`><${MARK}>`,
	`</title><${MARK}>`,
	`</textarea><${MARK}>`,
	`</script><${MARK}>`,
	`</style><${MARK}>`,
	`--><${MARK}><!--`,
	`]]><${MARK}>`,
	`<script>${MARK}()</script>`,
	`<svg/on${MARK}=1>`,
	`<img src=x on${MARK}=1>`,
	`<a href="javascript:${MARK}()">x</a>`,
	`javascript:${MARK}()`,
	`data:text/html,<${MARK}>`,
	`//${MARK}.test/`,
	`https://${MARK}.test/`,
	`&lt;${MARK}&gt;`,
	`&#60;${MARK}&#62;`,
	`\\u003c${MARK}\\u003e`,
	`{{7*7}}${MARK}`,
	`\${7*7}${MARK}`,
	`<%= ${MARK} %>`,
	`<!ENTITY ${MARK} SYSTEM "file:///etc/passwd">`,
];

/** Code for the database and the machine behind it. */
const CODE = [
	"'",
	'"',
	"' OR '1'='1",
	"' OR 1=1 --",
	'1; DROP TABLE listing; --',
	"' UNION SELECT sender_email, message FROM enquiry --",
	"x' AND randomblob(1000000000) --",
	'%',
	'_%',
	'*',
	'a" NEAR "b',
	'AND OR NOT',
	'; cat /etc/passwd',
	'$(id)',
	'../../../../etc/passwd',
	'..\\..\\windows\\win.ini',
	'register.db',
	'file:///etc/passwd',
];

/** Numbers, types and names that programs trip over. */
const NUMBERS = [
	'-1',
	'0',
	'1e309',
	'NaN',
	'Infinity',
	'-Infinity',
	'9007199254740993',
	'99999999999999999999',
	'0x10',
	'1.5',
	'１２',
	'null',
	'undefined',
	'true',
	'[]',
	'{}',
	'__proto__',
	'constructor',
	'toString',
];

/** What is hard to write, to read or to measure. */
const LETTERS = [
	'',
	' ',
	'\t\r\n',
	'a\u0001\u0007\u001b[31mb',
	'a\r\nSet-Cookie: zq7x=1\r\n\r\nb',
	'👩🏽‍🤝‍👨🏻 👋🏾',
	'\u202Ehtml.exe',
	'مرحبا بالعالم',
	'שלום\u200F',
	'Z̴̡̛a̸̢͝l̷̛g̶o̵',
	'ﷺ'.repeat(40),
	'𝕷𝖔𝖓𝖉𝖔𝖓',
	'\uFEFFLondon\u200B',
	'ß'.repeat(300),
	'a'.repeat(3000),
	'2026-02-30',
	'0000-00-00',
];

/** Already encoded, in ways that no browser would. */
const ENCODED = ['%00', 'a%00b', '%ED%A0%80', '%FF%FE', '%C0%AF', '%', '%zz', '%2500', '%253Cscript%253E', '%u003c'];

export type Nasty = { text: string | null; encoded: string };

/** About a hundred things to type: `text` as typed, null where it is no text; `encoded` as it stands in an address. */
export const NASTY: readonly Nasty[] = [
	...[...MARKUP, ...CODE, ...NUMBERS, ...LETTERS].map((text) => ({ text, encoded: encodeURIComponent(text) })),
	...ENCODED.map((encoded) => ({ text: null, encoded })),
	{ text: 'a'.repeat(10_000), encoded: 'a'.repeat(10_000) },
];

/** The texts among them, for fields of forms. */
export const NASTY_TEXTS: readonly string[] = [...NASTY.flatMap(({ text }) => (text === null ? [] : [text])), 'a\u0000b', '\uD800'];

/** What the server's first gate must say to an address, whatever page it is for; null: the page decides. */
export function gateStatus(address: string): 400 | 414 | null {
	if (address.length > 4096) return 414;
	const query = address.split('?')[1] ?? '';
	try {
		if (decodeURIComponent(query).includes('\0')) return 400;
		decodeURIComponent(address);
	} catch {
		return 400;
	}
	return null;
}
