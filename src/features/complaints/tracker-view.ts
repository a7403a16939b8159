import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { openTexts } from '#core/vault.ts';
import { holidaysOf } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import type { WayStage } from '#ui/show/way.ts';
import { wayOf } from './case-way.ts';
import { type CaseFile, filesIn } from './file-list.ts';
import { packsIn } from './pack-store.ts';
import { moveFor, type StepKind } from './phases.ts';
import { promisesOf } from './promises.ts';
import { offerFor } from './settle-store.ts';
import { noteRead } from './sight.ts';
import { refusalOf } from './state.ts';
import { type Standing, standingOf } from './step.ts';
import { appealOpenUntil } from './tracker-appeal.ts';
import { supporterOf } from './tracker-supporter.ts';
import { outcomeWords, PROMISE_WORDS, stageWords } from './tracker-words.ts';

export type TrackerMessage = { id: string; isFromOffice: boolean; sentOn: string; words: string };
export type TrackerAct = 'pause' | 'resume' | 'withdraw' | 'appeal';
/** What whoever raised a concern may see of it: nothing of the therapist but the name they gave. */
export type Tracker = {
	reference: string;
	about: 'therapist' | 'organisation';
	stage: { title: string; next: string };
	way: WayStage[];
	sentOn: string;
	officer: string | null;
	isPaused: boolean;
	isWithdrawn: boolean;
	promised: { what: string; dueOn: string }[];
	outcome: string | null;
	appealBy: string | null;
	/** Who stands beside them, in words; null: nobody. `canChange`: while it is worked on. */
	supporter: { name: string | null; canChange: boolean };
	/** What was given to them to read, and whether terms wait for their answer. */
	given: number;
	hasTerms: boolean;
	messages: TrackerMessage[];
	statement: string;
	files: CaseFile[];
	acts: TrackerAct[];
	seen: number;
	repeatKey: string;
};

/** A concern after it was sent, for its writer, who is noted as having opened it. Never authorises: whoever asks holds it open (`visitOf`). */
export function trackerOf(ctx: Ctx, concernId: string): Tracker {
	noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: 'tracker' });
	bookkeep(ctx.db, () => prepared(ctx.db.sql, MARK_READ).run(ctx.now, concernId));
	const standing = standingOf(ctx.db, concernId);
	const { concern, state, seen } = standing;
	return {
		reference: String(concern.reference),
		about: concern.about,
		stage: stageWords(concern.about, state.phase),
		way: wayOf(standing.steps),
		sentOn: String(state.sentOn),
		officer: officerOf(ctx, state.ownerId),
		isPaused: concern.isPaused === 1,
		isWithdrawn: state.isWithdrawn,
		promised: promisedIn(ctx, standing),
		outcome: state.outcome === null ? null : outcomeWords(concern.about, state.outcome),
		appealBy: appealOpenUntil(ctx, standing, 'complainant'),
		supporter: { name: String(supporterOf(ctx, concernId).name ?? '') || null, canChange: state.phase !== 'closed' && !state.isDestroyed },
		given: packsIn(ctx.db, concernId).filter(({ side, givenOn }) => side === 'complainant' && givenOn !== null).length,
		hasTerms: offerFor(ctx, { concernId, state }, 'complainant')?.own === null,
		...wordsIn(ctx, concernId),
		files: filesIn(ctx, concernId, 'complainant'),
		acts: ACTS.filter(([, kind]) => mayTake(ctx, standing, kind)).map(([act]) => act),
		seen,
		repeatKey: newId(),
	};
}

/** May the complainant take this step today? */
export function mayTake(ctx: Pick<Ctx, 'db' | 'today'>, { state, rules }: Pick<Standing, 'state' | 'rules'>, kind: StepKind): boolean {
	if (!moveFor(state.phase, kind)?.who.includes('complainant') || refusalOf(state, kind) !== null) return false;
	if (kind === 'resumed') return state.pauses.at(-1)?.because === OWN_PAUSE;
	if (kind === 'appealed') return appealOpenUntil(ctx, { state, rules }, 'complainant') !== null;
	return true;
}

/** Why a case stands still that its writer paused: they alone end it, and the office. */
export const OWN_PAUSE = 'complainant';
const ACTS = [
	['pause', 'paused'],
	['resume', 'resumed'],
	['withdraw', 'withdrawn'],
	['appeal', 'appealed'],
] as const satisfies readonly (readonly [TrackerAct, StepKind])[];

/** An act by its word in an address, or null. */
export function actOf(word: string | undefined): TrackerAct | null {
	return ACTS.find(([act]) => act === word)?.[0] ?? null;
}

/** May the complainant do this today? */
export function mayAct(ctx: Pick<Ctx, 'db' | 'today'>, standing: Pick<Standing, 'state' | 'rules'>, act: TrackerAct): boolean {
	return ACTS.some(([name, kind]) => name === act && mayTake(ctx, standing, kind));
}

function promisedIn(ctx: Ctx, { concern, steps, rules }: Standing): Tracker['promised'] {
	if (concern.isPaused === 1) return [];
	const open = promisesOf(steps, rules, holidaysOf(ctx.db)).filter((p) => p.keptOn === null && p.endedOn === null);
	return open
		.flatMap(({ kind, dueOn }) => ({ what: PROMISE_WORDS[kind] ?? '', dueOn }))
		.filter(({ what }) => what !== '')
		.sort((a, b) => a.dueOn.localeCompare(b.dueOn));
}

function officerOf({ db }: Ctx, personId: string | null): string | null {
	const text = "SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL";
	return personId === null ? null : ((prepared(db.sql, text).pluck().get(personId) as string | undefined) ?? null);
}

function wordsIn(ctx: Ctx, concernId: string): Pick<Tracker, 'messages' | 'statement'> {
	const rows = prepared(ctx.db.sql, MESSAGES).all(concernId) as { id: string; isFromOffice: number; sentAt: number }[];
	const places = rows.map(({ id }) => `message:${id}`);
	const words = openTexts(ctx, concernId, [...places, 'statement']);
	const messages = rows.map(({ id, isFromOffice, sentAt }) => ({
		id,
		isFromOffice: isFromOffice === 1,
		sentOn: londonDay(sentAt),
		words: words.get(`message:${id}`) ?? GONE,
	}));
	return { messages, statement: words.get('statement') ?? GONE };
}

/** What is told of words whose time is over. */
const GONE = 'What stood here has been destroyed.';
const MARK_READ = "UPDATE concern_message SET read_at = ? WHERE concern_id = ? AND side = 'complainant' AND is_from_office = 1 AND read_at IS NULL";
const MESSAGES = `SELECT id, is_from_office AS isFromOffice, sent_at AS sentAt FROM concern_message
	WHERE concern_id = ? AND side = 'complainant' ORDER BY sent_at, id`;
