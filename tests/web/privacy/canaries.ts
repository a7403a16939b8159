/** What people type and nobody else may ever see. None of it is anywhere in the demonstration register. */
export const CANARY = {
	name: 'Zebulon Quarkley',
	email: 'zebulon.quarkley@canary.example',
	phone: '029 2018 0471',
	safeTimes: 'when the heron visits',
	message: 'PurpleWombat grieves. I live at BS6 5QZ.',
} as const;

const GAP = String.raw`(?:[\s\W_]|%(?:25)*[0-9a-f]{2}|&[a-z0-9#]+;){0,12}`;
/** The full postcode, in any case, spacing or encoding. */
const POSTCODE = new RegExp(['BS6', '5', 'QZ'].join(GAP), 'i');

const WORDS: [string, RegExp][] = [
	['postcode', POSTCODE],
	['name', /zebulon|quarkley(?!@)/i],
	['e-mail', /zebulon\.quarkley|canary\.example/i],
	['phone', /029\W*2018\W*0471/],
	['safe times', /heron visits/],
	['message', /PurpleWombat/i],
];

/** Which canaries a text holds, plainly, percent-encoded or in base64. */
export function canariesIn(text: string): string[] {
	const decoded = text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
	const all = [text, decoded, decoded.replaceAll('+', ' '), ...decodedRuns(text)].join('\n');
	return WORDS.filter(([, pattern]) => pattern.test(all)).map(([name]) => name);
}

function decodedRuns(text: string): string[] {
	return (text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('latin1'));
}

/** Spellings of the postcode, as people and programs write it. */
export const SPELLINGS = [
	'BS6 5QZ',
	'bs6 5qz',
	'BS65QZ',
	'bs65qz',
	'Bs6  5Qz',
	' BS6 5QZ ',
	'BS6-5QZ',
	'BS6.5QZ',
	'BS6+5QZ',
	'BS6_5QZ',
	'BS6%205QZ',
	'12 High Street, Bristol BS6 5QZ',
	'near BS6 5QZ please',
	'BS6\t5QZ',
	'ＢＳ６ ５ＱＺ',
	'BS6 5QZ, UK',
	'"BS6 5QZ"',
];
