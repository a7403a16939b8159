import { type Ctx, ctxFor } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { letters, orderCare } from '#features/complaints/index.ts';
import { as, type Case, type Staff, typed } from './demonstration-concerns-acts.ts';
import { actIn, asks, type Panel, sits, sittersIn, writesDown } from './demonstration-concerns-panel.ts';

const DAY_MS = 86_400_000;

/** What a hearing found and ordered, each with its reasons. */
export type Heard = { facts: string; breach: string; sanction: string; order: 'conditions' | 'suspension'; months: string };
/** A condition that is shown by a day: `dueIn` days from now, or so many ago below nothing. */
export type Asked = { words: string; publicText: string; dueIn: number };
type Drafted = { months?: string; reviewMonths?: string; words?: string; conditions?: readonly Asked[] };

/** A hearing of one day that finds every fact and a breach, and makes one order: listed by the secretary, recorded by its chair. */
export function isHeard(one: Case, daysAgo: number, { facts, breach, sanction, order, months }: Heard): void {
	const { ctx, staff } = one;
	const panel: Panel = { no: 2, kind: 'hearing', daysAgo, notice: 35, people: sittersIn(ctx, 'second') };
	sits(one, panel);
	const listed = 'The hearing is at our office, at ten. You can take part by video instead: please tell us which.';
	const secretary = as(ctx, staff.secretary, 'secretary', daysAgo + 30);
	actIn(secretary, one, panel, 'list', () => ({ on: typed(ctx, -daysAgo), told: listed, toldRespondent: listed }));
	asks(one, panel, 'ask-facts', 'proved');
	writesDown(one, panel, { each: facts, words: facts });
	asks(one, panel, 'ask-breach', 'breach');
	writesDown(one, panel, { each: breach, words: breach });
	asks(one, panel, 'ask-sanction', 'agree', { outcome: 'upheld', orders: [order], [`months:${order}`]: months });
	const told = 'The panel has decided. A letter tells you what it found, what follows, and until when you may appeal.';
	writesDown(one, panel, { each: sanction, words: sanction, told, toldRespondent: told });
}

/** A panel imposes an interim suspension three days after two people asked for it. */
export function isSuspendedMeanwhile(one: Case, daysAgo: number, risk: string): void {
	one.act('investigator', daysAgo + 3, 'ask-interim', { words: risk });
	one.act('officer', daysAgo + 3, 'agree-interim', { result: 'agreed', words: '' });
	const panel: Panel = { no: 1, kind: 'interim', daysAgo, notice: 3, people: sittersIn(one.ctx, 'first') };
	sits(one, panel);
	asks(one, panel, 'ask-interim', 'impose', { orders: ['interim_suspension'], 'months:interim_suspension': '6' });
	writesDown(one, panel, {
		each: '',
		words: 'Nothing milder would protect others until the facts are known.',
		told: 'A panel has decided something for the time being. It finds nothing: the case goes on as before.',
		toldRespondent: 'A panel has decided that you may not practise as an accredited therapist while the case goes on. It finds nothing.',
	});
}

/** Drafted by the secretary with its conditions, checked and published by the officer. @returns its key */
export function isPublished(one: Case, daysAgo: number, { conditions = [], ...draft }: Drafted): string {
	const { ctx, staff, raised } = one;
	const [secretary, officer] = [as(ctx, staff.secretary, 'secretary', daysAgo), as(ctx, staff.officer, 'officer', daysAgo)];
	const decision = orderCare.caseOrders(secretary, raised.reference).find(({ toDraft }) => toDraft !== null)?.toDraft ?? '';
	const form = orderCare.firstDraft(secretary, raised.reference, decision);
	const isInterim = draft.words === undefined;
	const reasons = 'In the words of the panel, as far as the public needs them.';
	const key = String(form.run(form.schema.parse({ seen: form.seen, months: '', reviewMonths: '', words: '', reasons, ...draft }) as never));
	for (const { words, publicText, dueIn } of conditions)
		actOn(secretary, one, key, 'condition', { words, publicText, isHealth: 'no', monitor: staff.secretary, dueOn: typed(ctx, dueIn) });
	if (!isInterim) actOn(officer, one, key, 'check');
	actOn(officer, one, key, 'publish');
	return key;
}

/** The secretary proposes that it was met, and the officer agrees. */
export function isMet(one: Case, daysAgo: number, key: string, reasons: string): void {
	const by = (who: keyof Staff) => as(one.ctx, one.staff[who], who, daysAgo);
	actOn(by('secretary'), one, key, 'end', { kind: 'met', reasons });
	actOn(by('officer'), one, key, 'settle', { result: 'agreed' });
}

/** The therapist shows how a condition is met. */
export function shows(one: Case, daysAgo: number, key: string, condition: number, words: string): void {
	orderCare.showCondition(therapistOf(one, daysAgo), one.raised.reference, { order: key, condition, done: 0, words, documents: [] });
}

/** Whoever looks after a condition says that what was shown is enough. */
export function isEnough({ ctx, staff, raised }: Case, daysAgo: number, key: string, condition: number, words: string): void {
	const form = orderCare.judgeAct(as(ctx, staff.secretary, 'secretary', daysAgo), raised.reference, key, String(condition));
	form.run(form.schema.parse({ seen: form.seen, result: 'accepted', words }) as never);
}

/** Both sides get the letter about the outcome: written by the secretary, approved by the officer, and sent. */
export async function getsLetters({ ctx, staff, raised }: Case, daysAgo: number): Promise<void> {
	const [secretary, officer] = [as(ctx, staff.secretary, 'secretary', daysAgo), as(ctx, staff.officer, 'officer', daysAgo)];
	const step = letters.lettersView(secretary, raised.reference).fitting[0]?.step ?? 0;
	for (const side of ['complainant', 'respondent'] as const) {
		const id = letters.beginLetter(secretary, raised.reference, { step, side });
		const version = () => letters.letterView(secretary, raised.reference, id).letter.version;
		letters.approveLetter(officer, raised.reference, id, { version: version() });
		await letters.sendLetter(secretary, raised.reference, id, { version: version(), way: 'message' });
	}
}

function actOn(ctx: Ctx, { raised }: Case, key: string, name: string, typedIn: Record<string, string> = {}): void {
	const form = orderCare.orderAct(ctx, raised.reference, key, name);
	form.run(form.schema.parse({ seen: form.seen, ...typedIn }) as never);
}

function therapistOf({ ctx, raised }: Case, daysAgo: number): Ctx {
	const personId = prepared(ctx.db.sql, 'SELECT respondent_id FROM concern WHERE id = ?').pluck().get(raised.id) as string;
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: ['member'], level: 1, provedAt: now }, now);
}
