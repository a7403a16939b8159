import { expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { isExpected } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { seededRandom } from '#db/seed/random.ts';
import {
	addToAgenda,
	answerUndo,
	askUndo,
	callMeeting,
	callOffMeeting,
	castVote,
	closeMeeting,
	closeVote,
	declareForItem,
	giveCastingVote,
	openItem,
	openMeeting,
	putOver,
	requestReview,
	resolveItem,
	sendPapers,
	standingByReference,
	stateOf,
	takeChair,
} from '#features/accreditation/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { inPanel, staff } from '#tests/helpers/committee.ts';
import { registerIn } from '#tests/helpers/register-in.ts';

const DAY = '2026-11-20';
const HISTORIES = 18;
const ACTS = 200;
/** What most of a room leans to; now and then somebody votes otherwise. */
const LEANINGS = {
	application: ['award', 'decline', 'decline', 'award_with_conditions', 'defer'],
	condition: ['award', 'decline'],
	review: ['uphold', 'quash', 'vary'],
} as const;

/** People who are drawn from at random: some assessed, supervised, refereed or share a practice with one of the two applicants. */
function aWorld() {
	const { ctx, close } = registerIn('2026-11-02');
	// No power cut is part of these histories.
	ctx.db.sql.pragma('synchronous = OFF');
	const pool = Array.from({ length: 14 }, (_, i) => onIt(staff(ctx, `Com${i}`, 'committee')));
	const lay = Array.from({ length: 6 }, (_, i) => onIt(staff(ctx, `Lay${i}`, 'lay_panel_member')));
	const [secretary, registrar, second] = [staff(ctx, 'Sec', 'membership_officer'), staff(ctx, 'Reg', 'registrar'), staff(ctx, 'Two', 'registrar')].map(
		onIt,
	) as [Someone, Someone, Someone];
	const applicants = [onIt(aPerson(ctx, 'Ann')), pool[8] as Someone];
	const assessors = [pool[0] as Someone, pool[1] as Someone];
	const references = applicants.map((applicant) => inPanel(ctx, applicant, { assessors }));
	const run = (text: string, ...values: unknown[]) => ctx.db.sql.prepare(text).run(...values);
	run(
		`INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, asked_by, asked_at, from_on, agreed_at) VALUES ('s', ?, ?, 'supervisee', 0, '2025-01-01', 1)`,
		applicants[0]?.id,
		pool[2]?.id,
	);
	run(
		`INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_person_id, made_at, made_by, due_on)
			SELECT 'q', id, 'reference', 9, 'M', ?, 0, 't', '2027-01-01' FROM accreditation_application WHERE reference = ?`,
		lay[0]?.id,
		references[0],
	);
	const barred = [
		[pool[0], pool[1], pool[2], lay[0], applicants[0]],
		[pool[0], pool[1], applicants[1]],
	].map((people) => people.map((one) => one?.id));
	return { ctx, close, pool, lay, secretary, registrar, second, applicants, references, barred };
}

function onIt(someone: Someone): Someone {
	return { ...someone, ctx: onDay(someone.ctx, DAY) };
}

type World = ReturnType<typeof aWorld>;
type Draw = (most: number) => number;

/** One thing that somebody tries. What is refused in words is no trouble; anything else is. */
function tryOne(world: World, draw: Draw): void {
	const { ctx, pool, lay, secretary, registrar, references } = world;
	const one = (text: string, ...values: unknown[]) =>
		ctx.db.sql
			.prepare(text)
			.pluck()
			.all(...values) as (string | number)[];
	const pick = <T>(all: readonly T[]): T => all[draw(all.length - 1)] as T;
	const meetings = one('SELECT reference FROM meeting WHERE closed_at IS NULL AND called_off_at IS NULL') as string[];
	const versionOf = (reference: string) => one('SELECT version FROM meeting WHERE reference = ?', reference)[0] as number;
	const call = () => {
		const application = pick(references);
		const isReview = standingByReference(ctx.db, application).state.phase === 'review';
		const chair = pick(pool);
		const members = pool.filter((who) => who !== chair && draw(2) === 0).map(({ id }) => id);
		const seated = lay.filter(() => draw(1) > 0).map(({ id }) => id);
		const kind = isReview ? 'review' : pick(['ordinary', 'between'] as const);
		const seats = { chair: chair.id, members, lay: seated, secretary: secretary.id };
		const reference = callMeeting(registrar.ctx, { id: newId(), kind, heldOn: DAY, place: '', shortNotice: 'Soon', ...seats });
		quietly(() => addToAgenda(registrar.ctx, reference, { version: versionOf(reference), applications: [application], business: '', lateBecause: 'Late' }));
		quietly(() => sendPapers(registrar.ctx, reference, { version: versionOf(reference), shortNotice: 'Late' }));
		quietly(() =>
			openMeeting(secretary.ctx, reference, { version: versionOf(reference), present: [chair.id, ...members, ...seated].filter(() => draw(9) > 0) }),
		);
		if (one('SELECT opened_at FROM meeting WHERE reference = ?', reference)[0] === null)
			callOffMeeting(registrar.ctx, reference, { version: versionOf(reference), reason: 'x' });
	};
	if (draw(7) === 0) return afterwards(world, draw);
	if (meetings.length === 0 || draw(14) === 0) return call();
	const reference = pick(meetings);
	const items = one(
		'SELECT position FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.application_id IS NOT NULL AND i.removed_at IS NULL',
		reference,
	);
	if (items.length === 0) return closeMeeting(secretary.ctx, reference, { version: versionOf(reference) });
	const no = pick(items) as number;
	const place = { reference, no };
	const at = 'FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.position = ?';
	const version = one(`SELECT i.version ${at}`, reference, no)[0] as number;
	const seatedHere = one('SELECT person_id FROM meeting_member b JOIN meeting m ON m.id = b.meeting_id WHERE m.reference = ?', reference);
	const everyone = [...pool, ...lay].filter(({ id }) => seatedHere.includes(id));
	const members = everyone.filter((who) => pool.includes(who));
	const leanings = LEANINGS[one(`SELECT i.kind ${at}`, reference, no)[0] as keyof typeof LEANINGS];
	const leaning = pick(leanings);
	const vote = () => ({ choice: draw(4) === 0 ? pick([...leanings, 'abstain' as const]) : leaning, reasons: [], words: '' });
	const acts: (() => unknown)[] = [
		() =>
			everyone.forEach((who) =>
				quietly(() => declareForItem(who.ctx, { ...place, declared: draw(14) === 0 ? 'recuse' : pick(['none', 'minor'] as const), words: 'x' })),
			),
		() => openItem(secretary.ctx, place, { version }),
		() => openItem(secretary.ctx, place, { version }),
		() => everyone.forEach((who) => draw(7) > 0 && quietly(() => castVote(who.ctx, place, vote()))),
		() => castVote(pick([...pool, ...lay]).ctx, place, vote()),
		() => closeVote(pick(members).ctx, place, { version }),
		() => takeChair(pick(members).ctx, place, { version }),
		() => members.forEach((who) => quietly(() => giveCastingVote(who.ctx, place, vote()))),
		() => members.forEach((who) => quietly(() => resolve(world, who, place, pick))),
		() => members.forEach((who) => quietly(() => resolve(world, who, place, pick))),
		() => draw(3) === 0 && putOver(secretary.ctx, place, { version, reason: 'x' }),
		() => closeMeeting(secretary.ctx, reference, { version: versionOf(reference) }),
	];
	if (draw(1) === 0) return void pick(acts)();
	// Otherwise what a meeting would do next, so that histories get somewhere.
	const [declare, open, , castAll] = acts as [() => void, () => void, () => void, () => void];
	const opened = one(`SELECT (i.opened_at IS NOT NULL) + (i.revealed_at IS NOT NULL) ${at}`, reference, no)[0];
	if (opened === 0) for (const act of [declare, open]) quietly(act);
	else if (opened === 1) quietly(castAll);
	else for (const who of members) for (const act of [() => giveCastingVote(who.ctx, place, vote()), () => resolve(world, who, place, pick)]) quietly(act);
}

/** What applicants and the registrars try between meetings. */
function afterwards({ ctx, applicants, references, registrar, second }: World, draw: Draw): void {
	const which = draw(1);
	const application = references[which] as string;
	const { seen } = standingByReference(ctx.db, application);
	const [asks, answers] = draw(3) === 0 ? [second, second] : [registrar, second];
	if (draw(2) > 0)
		return requestReview((applicants[draw(5) === 0 ? 1 - which : which] as Someone).ctx, application, { seen, grounds: ['error'], words: 'x', files: [] });
	quietly(() => askUndo(asks.ctx, application, { seen, reason: 'x' }));
	answerUndo(answers.ctx, application, { seen, answer: draw(2) === 0 ? 'refuse' : 'agree' });
}

function resolve({ ctx, references }: World, who: Someone, place: { reference: string; no: number }, pick: <T>(all: readonly T[]) => T): void {
	const text = `SELECT i.version, a.reference FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id JOIN accreditation_application a ON a.id = i.application_id
		WHERE m.reference = ? AND i.position = ?`;
	const item = ctx.db.sql.prepare(text).get(place.reference, place.no) as { version: number; reference: string };
	const steps = standingByReference(ctx.db, item.reference ?? references[0]).seen;
	const conditions = [{ words: 'Do it.', dueOn: '2027-01-10' }];
	const variedTo = pick(['awarded', 'declined', 'awarded_with_conditions'] as const);
	resolveItem(who.ctx, place, {
		version: item.version,
		steps,
		reasons: ['standard_not_met', 'error'].slice(0, pick([1, 2])),
		words: 'Because.',
		variedTo,
		conditions,
	});
}

function quietly(act: () => unknown): void {
	try {
		act();
	} catch (error) {
		if (!isExpected(error)) throw error;
	}
}

type Decided = { id: string; application: string; item: string; kind: string; outcome: string; seq: number; overturned_by: string | null };

/** What must be true of every decision, worked out from the rows alone, beside the program's own rules. */
function faultsIn({ ctx, references, barred }: World): string[] {
	const all = <T>(text: string, ...values: unknown[]) => ctx.db.sql.prepare(text).all(...values) as T[];
	const decisions = all<Decided>(`SELECT d.id, a.reference AS application, d.item_id AS item, i.kind, d.outcome, d.rowid AS seq, d.overturned_by
		FROM decision d JOIN accreditation_application a ON a.id = d.application_id JOIN meeting_item i ON i.id = d.item_id ORDER BY d.rowid`);
	const votersOf = (item: string) =>
		all<{ person: string; seat: string }>(
			`SELECT v.person_id AS person, m.seat FROM vote v JOIN meeting_item i ON i.id = v.item_id JOIN meeting_member m ON m.meeting_id = i.meeting_id AND m.person_id = v.person_id
				WHERE v.item_id = ? AND v.is_casting = 0 AND v.person_id NOT IN (SELECT person_id FROM meeting_interest WHERE item_id = v.item_id AND declared = 'recuse')`,
			item,
		);
	return decisions.flatMap((decision) => {
		const voters = votersOf(decision.item);
		const earlier = decisions.filter(({ application, seq }) => application === decision.application && seq < decision.seq);
		const reviewers = earlier.filter(({ kind }) => kind === 'review').flatMap(({ item }) => votersOf(item).map(({ person }) => person));
		const first = earlier
			.filter(({ kind, overturned_by: by }) => kind !== 'review' && (decision.kind === 'review' || by?.startsWith('review:')))
			.flatMap(({ item }) => votersOf(item).map(({ person }) => person));
		const mayNot = new Set([...(barred[references.indexOf(decision.application)] ?? []), ...reviewers, ...first]);
		return [
			...voters.filter(({ person }) => mayNot.has(person)).map(({ person }) => `${person} took part in ${decision.kind} ${decision.outcome}`),
			...(voters.length < 3 || !voters.some(({ seat }) => seat === 'lay') ? [`${decision.kind} ${decision.outcome} without a quorum`] : []),
		];
	});
}

test('whatever is tried in whatever order: nobody decides whom they assessed, refereed, supervised or reviewed, and nothing is decided without a quorum', {
	timeout: 120_000,
}, () => {
	const outcomes = new Map<string, number>();
	for (let seed = 1; seed <= HISTORIES; seed += 1) {
		const world = aWorld();
		const random = seededRandom(seed);
		for (let i = 0; i < ACTS; i += 1) quietly(() => tryOne(world, (most) => random.whole(0, most)));
		expect([seed, faultsIn(world)]).toEqual([seed, []]);
		for (const reference of world.references) {
			const { steps, state, route, application } = standingByReference(world.ctx.db, reference);
			expect(stateOf(steps, route)).toEqual(state);
			expect(application.phase).toBe(state.phase);
		}
		expect(verifyAudit(world.ctx.db, world.ctx.keys.audit)).toMatchObject({ ok: true });
		for (const outcome of world.ctx.db.sql.prepare('SELECT outcome FROM decision').pluck().all() as string[])
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
		world.close();
	}
	// The histories must get far enough to mean anything.
	expect([...outcomes.keys()].sort()).toEqual(['awarded', 'awarded_with_conditions', 'declined', 'quashed', 'upheld', 'varied']);
});

test('a vote that the schema would have refused is found: the test above can fail', { timeout: 60_000 }, () => {
	const world = aWorld();
	const random = seededRandom(1);
	const { sql } = world.ctx.db;
	const decided = () => sql.prepare("SELECT d.item_id FROM decision d JOIN meeting_item i ON i.id = d.item_id WHERE i.kind = 'application'").pluck().get();
	for (let i = 0; i < 2000 && decided() === undefined; i += 1) quietly(() => tryOne(world, (most) => random.whole(0, most)));
	for (const trigger of ['vote_free', 'vote_open', 'meeting_interest_stands']) sql.exec(`DROP TRIGGER ${trigger}`);
	const assessor = world.pool[0]?.id;
	sql.prepare("INSERT OR REPLACE INTO meeting_interest (item_id, person_id, declared, declared_at) VALUES (?, ?, 'none', 0)").run(decided(), assessor);
	sql
		.prepare("INSERT OR IGNORE INTO meeting_member (meeting_id, person_id, seat, attended) SELECT meeting_id, ?, 'member', 1 FROM meeting_item WHERE id = ?")
		.run(assessor, decided());
	sql.prepare("INSERT INTO vote (item_id, person_id, choice, cast_at) VALUES (?, ?, 'award', 0)").run(decided(), assessor);
	expect(faultsIn(world)).not.toEqual([]);
	world.close();
});
