import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { casework, packs, wayIn } from '#features/complaints/index.ts';
import { anybody, type Raised } from './demonstration-concerns-raise.ts';

const DAY_MS = 86_400_000;

/** Those who work on the concerns of the demonstration. `secretary`: runs hearings and drafts orders. */
export type Staff = { officer: string; lay: string; investigator: string; secretary: string };
/** What somebody of the office does on a case, so many days ago, by the form that its page shows. */
export type Act = (who: keyof Staff, daysAgo: number, name: string, typed?: Record<string, string>) => void;
export type Case = { ctx: Ctx; staff: Staff; raised: Raised; act: Act };

export const RECEIVED = 'Thank you for writing to us. I look after what you have sent, and I will tell you within ten working days whether it is for us.';
export const NOTHING_NEW = 'There is nothing new to tell you. I have not forgotten it: the next step is with us.';
export const ACCEPTED = 'We take this forward. Before the therapist is told anything, I will talk with you about what they will read.';

/** Taken on, acknowledged, and accepted by the officer with the lay screener, within ten working days of its coming. */
export function accept(one: Case, daysAgo: number): void {
	takeOn(one, daysAgo - 1);
	one.act('officer', daysAgo - 1, 'acknowledge', { told: RECEIVED });
	one.act('officer', daysAgo - 5, 'let-in', { person: one.staff.lay, capacity: 'lay_screener', untilOn: typed(one.ctx, 120) });
	one.act('lay', daysAgo - 6, 'declare', { declared: 'none' });
	one.act('officer', daysAgo - 6, 'propose-accept', { told: ACCEPTED, words: 'It is about practice, and about somebody on the register.' });
	agree(one, daysAgo - 8);
}

export function investigates({ ctx, staff, act }: Case, daysAgo: number): void {
	act('officer', daysAgo, 'let-in', { person: staff.investigator, capacity: 'investigator', untilOn: typed(ctx, 120) });
	act('investigator', daysAgo - 1, 'declare', { declared: 'none' });
}

/** Let in to run the hearing and draft what follows, as whoever looks at the case for the first time. */
export function runs({ ctx, staff, act }: Case, daysAgo: number): void {
	act('officer', daysAgo, 'let-in', { person: staff.secretary, capacity: 'secretary', untilOn: typed(ctx, 400) });
	act('secretary', daysAgo, 'declare', { declared: 'none' });
}

/** Both sides hear that there is nothing new, on each of these days. */
export function updates({ act }: Case, ...days: number[]): void {
	for (const daysAgo of days) act('officer', daysAgo, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
}

export function takeOn({ act }: Case, daysAgo: number): void {
	act('officer', daysAgo, 'declare', { declared: 'none' });
	act('officer', daysAgo, 'take-on');
}

export function agree({ ctx, staff, raised, act }: Case, daysAgo: number): void {
	const { fields } = casework.caseAct(as(ctx, staff.lay, 'lay', daysAgo), raised.reference, 'agree');
	const proposal = fields.find(({ name }) => name === 'proposal')?.options?.[0]?.value ?? '';
	act('lay', daysAgo, 'agree', { proposal, result: 'agreed', words: '' });
}

export function disclose(one: Case, daysAgo: number, category: string, words: string): void {
	one.act('officer', daysAgo + 2, 'allegation', { category, words });
	layBefore(one, daysAgo + 1);
	one.act('officer', daysAgo, 'disclose', { toldRespondent: 'A concern was raised about your work. You have 28 days to reply, and you need not do it alone.' });
}

/** The statement and the allegations for the therapist: put together by the officer, checked by the lay screener. */
function layBefore({ ctx, staff, raised }: Case, daysAgo: number): void {
	const [officer, lay] = [as(ctx, staff.officer, 'officer', daysAgo), as(ctx, staff.lay, 'lay', daysAgo)];
	const items = packs.sourcesOf(officer, raised.id).flatMap(({ kind, key }) => (kind === 'statement' || kind === 'allegation' ? [key] : []));
	const no = packs.makePack(officer, raised.reference, { side: 'respondent', items, like: null });
	const of = () => ({ no, version: packs.packNo(ctx.db, raised.id, no)?.version ?? 0 });
	packs.sendPack(officer, raised.reference, of());
	packs.checkPack(lay, raised.reference, { ...of(), result: 'approved', words: '', saw: true });
}

export function close({ act, raised, ctx }: Case, daysAgo: number, root: string, words: string): void {
	const told = 'It is closed. Thank you for the time that you gave to it.';
	const hasRespondent = prepared(ctx.db.sql, "SELECT 1 FROM concern_step WHERE concern_id = ? AND kind IN ('disclosed', 'resolution_begun')").get(raised.id);
	act('officer', daysAgo, 'close', { root, told, words, ...(hasRespondent ? { toldRespondent: told } : {}) });
}

/** Words of who raised it, from the page where it stands. */
export function write({ ctx, raised }: Case, daysAgo: number, words: string): void {
	wayIn.writeToOffice(anybody(ctx, daysAgo), raised.id, { words, repeatKey: newId() });
}

export function actor(ctx: Ctx, staff: Staff, { reference }: Raised): Act {
	return (who, daysAgo, name, fields = {}) => {
		const row = casework.caseAct(as(ctx, staff[who], who, daysAgo), reference, name);
		row.run(row.schema.parse({ seen: row.seen, repeat: newId(), ...fields }) as never);
	};
}

const ROLES: Record<keyof Staff, Role> = {
	officer: 'complaints_officer',
	lay: 'lay_panel_member',
	investigator: 'assessor',
	secretary: 'membership_officer',
};

/** Somebody acting so many days ago. */
export function as(ctx: Ctx, personId: string, who: keyof Staff, daysAgo: number): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [ROLES[who]], level: 2, provedAt: now }, now);
}

/** A day to come, as somebody types it. */
export function typed({ today }: Ctx, days: number): string {
	return addDays(today, days).split('-').reverse().join('/');
}
