import { newId } from '#core/ids.ts';
import { become, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, colleague } from '#tests/helpers/upkeep.ts';
import { pdf } from '../../core/files/corpus.ts';
import { hiddenOf } from '../membership/acting.ts';

export type Stage = {
	site: Site;
	writer: Visitor;
	officer: Visitor;
	lay: Visitor;
	admin: Visitor;
	layId: string;
	respondent: Visitor;
	number: string;
	key: string;
	reference: string;
};
/**
 * Something that somebody says in a concern, in its order. `place`: where it stands in the vault, up to its colon; null: it must stand nowhere.
 * `on`: who reads it again where; without it nobody does on a page.
 */
export type Said = { what: string; place: string | null; say(stage: Stage, word: string): Promise<unknown>; on?: (stage: Stage) => [Visitor, string] };

export const PASSPHRASE = 'marble otter kettle sunrise';

const onCase = ({ officer, reference }: Stage): [Visitor, string] => [officer, `/office/concerns/${reference}`];
const onTracker = ({ writer }: Stage): [Visitor, string] => [writer, '/concerns/mine'];
const onAccess = ({ officer, reference }: Stage): [Visitor, string] => [officer, `/office/concerns/${reference}/access`];
const part =
	(name: string, fields: (word: string) => Record<string, string>): Said['say'] =>
	({ writer }, word) =>
		send(writer, `/concerns/mine/part/${name}`, fields(word));
const act =
	(who: 'officer' | 'lay', name: string, fields: (word: string) => Record<string, string>): Said['say'] =>
	(stage, word) =>
		send(stage[who], `/office/concerns/${stage.reference}/${name}`, fields(word));

/** Every place where anybody says something. Whoever adds a place adds a line; the test fails for a place of the program that has none. */
export const SAID: readonly Said[] = [
	{ what: 'a passphrase that does not fit', place: null, say: ({ site, key }, word) => tryKey(site, key, word) },
	{ what: 'a case key that is none', place: null, say: ({ site }, word) => tryKey(site, word, PASSPHRASE) },
	{ what: 'a form that was refused', place: null, say: ({ writer }, word) => sendRefused(writer, '/concerns/mine/part/you', { source: '', name: word }) },
	{ what: 'what was written first and then replaced', place: null, say: part('what', (word) => ({ happened: word })) },
	{ what: 'what happened', place: 'statement', say: part('what', (word) => ({ happened: `It was ${word}.`, danger: 'no' })), on: onCase },
	{ what: 'what was tried', place: 'statement', say: part('tried', (tried) => ({ tried })), on: onCase },
	{ what: 'the name of who raised it', place: 'contact', say: part('you', (name) => ({ source: 'client', name })), on: onCase },
	{
		what: 'times that are safe',
		place: 'contact',
		say: part('contact', (times) => ({ email: 'safe.address@example.org', voicemail: 'no', times })),
		on: onCase,
	},
	{ what: 'what would make it easier', place: 'contact', say: part('needs', (needs) => ({ needs })), on: onCase },
	{ what: 'a witness', place: 'party', say: part('witnesses', (people) => ({ people })), on: onCase },
	{ what: 'who stands beside them', place: 'party', say: part('supporter', (name) => ({ name, reach: 'By post', may: 'all' })), on: onCase },
	{
		what: 'the name and the words of a document',
		place: 'file',
		say: async ({ writer }, word) => {
			const form = new FormData();
			form.append('documents', new File([new Uint8Array(pdf({ text: word }))], `${word}.pdf`, { type: 'application/pdf' }));
			await expectMoved(await writer.post('/concerns/mine/documents', form));
		},
		on: ({ writer }) => [writer, '/concerns/mine/documents'],
	},
	{ what: 'sending it', place: null, say: async (stage) => void (stage.reference = await sent(stage)) },
	{ what: 'a message of who raised it', place: 'message', say: ({ writer }, words) => send(writer, '/concerns/mine', { words }), on: onTracker },
	{
		what: 'what ties the officer to it',
		place: 'access',
		say: act('officer', 'declare', (words) => ({ declared: 'minor', words })),
		on: onAccess,
	},
	{ what: 'taking it on', place: null, say: act('officer', 'take-on', () => ({})) },
	{ what: 'that it arrived', place: 'message', say: act('officer', 'acknowledge', (told) => ({ told })), on: onTracker },
	{ what: 'a message of the office', place: 'message', say: act('officer', 'message', (words) => ({ side: 'complainant', words })), on: onTracker },
	{
		what: 'an allegation',
		place: 'allegation',
		say: act('officer', 'allegation', (words) => ({ category: 'communication', words })),
		on: onCase,
	},
	{
		what: 'letting the lay screener in',
		place: null,
		say: (stage) => send(stage.officer, `/office/concerns/${stage.reference}/let-in`, { person: stage.layId, capacity: 'lay_screener', untilOn: '31/12/2026' }),
	},
	{ what: 'the gate of the lay screener', place: null, say: act('lay', 'declare', () => ({ declared: 'none' })) },
	{ what: 'why a proposal is made', place: 'proposal', say: act('officer', 'propose-accept', (words) => ({ told: 'We take it forward.', words })), on: onCase },
	{ what: 'what the second person says to it', place: 'proposal', say: agreeing },
	{ what: 'a question', place: 'message', say: act('officer', 'ask', (told) => ({ told })), on: onTracker },
	{ what: 'an answer by telephone', place: 'step', say: act('officer', 'answered', (words) => ({ words })), on: onCase },
	{
		what: 'why a glass was broken',
		place: 'glass',
		say: ({ admin, reference }, word) => send(admin, '/office/concerns/glass', { reference, reason: `${word}: a court asks for an answer today.` }),
		on: onAccess,
	},
	{ what: 'why it is paused', place: 'step', say: act('officer', 'pause', (words) => ({ because: 'police', told: 'It is paused.', words })), on: onCase },
];

/** Places of which another test proves the same, each with its own words. */
export const SAID_ELSEWHERE: Record<string, string> = {
	draft: 'tests/web/concerns/way-in.test.ts',
	reached: 'tests/features/complaints/unreached.test.ts',
	told: 'tests/features/complaints/unreached.test.ts',
	pack: 'tests/features/complaints/packs.test.ts',
	reply: 'tests/features/complaints/own.test.ts',
	letter: 'tests/features/complaints/letters-sent.test.ts',
	panel: 'tests/features/complaints/panel-decisions.test.ts',
	vote: 'tests/features/complaints/panel-votes.test.ts',
	finding: 'tests/features/complaints/panel-decisions.test.ts',
	interim: 'tests/features/complaints/panel-interim-appeal.test.ts',
	appeal: 'tests/features/complaints/own.test.ts',
	order: 'tests/features/complaints/orders.test.ts',
	condition: 'tests/features/complaints/order-care.test.ts',
	learning: 'tests/features/complaints/figures.test.ts',
};

/** Everybody who has to do with it, and a concern that was begun. */
export async function stageOn(site: Site): Promise<Stage> {
	const ctx = siteCtx(site);
	const [officerId, layId, adminId] = [
		colleague(ctx.db, 'Canaryofficer', 'complaints_officer'),
		colleague(ctx.db, 'Canarylay', 'lay_panel_member'),
		colleague(ctx.db, 'Canaryadmin', 'administrator'),
	];
	const respondentId = accreditedMember(ctx.db, 'Canarytherapist', [{ fromOn: '2024-01-01', toOn: '2029-01-01' }], TODAY);
	const number = ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(respondentId) as string;
	ctx.db.sql.close();
	const [officer, lay, admin, respondent] = await Promise.all([officerId, layId, adminId, respondentId].map((id) => become(site, id)));
	const writer = visitor(site);
	const offered = hiddenOf(await (await writer.get('/concerns/begin')).text());
	await expectMoved(await writer.post('/concerns/begin', { ...offered, about: 'therapist', passphrase: PASSPHRASE, kept: 'yes' }));
	await send(writer, '/concerns/mine/about', { do: 'keep', number });
	const people = { officer, lay, admin, respondent } as Record<'officer' | 'lay' | 'admin' | 'respondent', Visitor>;
	return { site, writer, layId, number, key: offered.caseKey ?? '', reference: '', ...people };
}

/** Fills in the form of a page as it stands there and sends it. @throws Error when it was not taken */
export async function send(who: Visitor, path: string, fields: Record<string, string>): Promise<string> {
	const answer = await who.post(path, { ...hiddenOf(await (await who.get(path)).text()), repeat: newId(), ...fields });
	return expectMoved(answer);
}

async function sendRefused(who: Visitor, path: string, fields: Record<string, string>): Promise<void> {
	const answer = await who.post(path, { ...hiddenOf(await (await who.get(path)).text()), ...fields });
	if (answer.status !== 422) throw new Error(`${path} answered ${answer.status}.`);
}

async function expectMoved(answer: Response): Promise<string> {
	if (answer.status !== 303)
		throw new Error(`${answer.url} answered ${answer.status}: ${(await answer.text()).replaceAll(/<[^>]+>|\s+/g, ' ').slice(0, 2000)}`);
	return answer.headers.get('location') ?? '';
}

async function tryKey(site: Site, caseKey: string, passphrase: string): Promise<void> {
	const answer = await visitor(site).post('/concerns/open', { caseKey, passphrase });
	if (answer.status !== 422) throw new Error(`A wrong key answered ${answer.status}.`);
}

async function sent({ writer }: Stage): Promise<string> {
	await send(writer, '/concerns/mine/check', {});
	return /CON-\d{4}-\d{4}/.exec(await (await writer.get('/concerns/mine')).text())?.[0] ?? '';
}

async function agreeing({ lay, reference }: Stage, words: string): Promise<void> {
	const path = `/office/concerns/${reference}/agree`;
	const proposal = /name="proposal"[^>]*value="([^"]+)"/.exec(await (await lay.get(path)).text())?.[1] ?? '';
	await send(lay, path, { proposal, result: 'agreed', words });
}
