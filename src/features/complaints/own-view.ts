import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { holidaysOf } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { ownActs } from './own-acts.ts';
import { type OwnCase, respondentCase, toldOnIn } from './own-door.ts';
import { ownMessages } from './own-message.ts';
import { askedToSpeak, helpersOf } from './own-party.ts';
import { allegationsGiven, draftReply, repliesOf } from './own-reply.ts';
import { timeAsked } from './own-time.ts';
import { OWN_OUTCOME, OWN_PROMISE, OWN_STAGE } from './own-words.ts';
import { packsGiven } from './pack-read.ts';
import { promisesOf } from './promises.ts';
import { offerFor } from './settle-store.ts';
import { isPaused, refusalOf } from './state.ts';
import { type Standing, standingOf } from './step.ts';
import { appealOpenUntil } from './tracker-appeal.ts';

/** A case in the list of the therapist's own area. */
export type OwnLine = { reference: string; stage: string; replyBy: string | null; isClosed: boolean; as: 'respondent' | 'representative' };

/** The cases that somebody was told of, the newest first, and those in which they are asked to speak for somebody. */
export function ownCases(ctx: Ctx): { lines: OwnLine[]; asked: string[] } {
	const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
	const rows = prepared(ctx.db.sql, OWN).all({ personId }) as { id: string; isOwn: number }[];
	const lines = rows.flatMap(({ id, isOwn }): OwnLine[] => {
		const standing = standingOf(ctx.db, id);
		if (toldOnIn(standing.steps) === null) return [];
		const { state, concern } = standing;
		const replyBy = promisedIn(ctx, standing).find(({ kind }) => kind === 'reply')?.dueOn ?? null;
		return [
			{
				reference: String(concern.reference),
				stage: OWN_STAGE[state.phase].title,
				replyBy,
				isClosed: state.phase === 'closed',
				as: isOwn === 1 ? 'respondent' : 'representative',
			},
		];
	});
	return { lines, asked: askedToSpeak(ctx) };
}

/** Does the own area of somebody hold anything of this kind? */
export function hasOwnCases(ctx: Ctx): boolean {
	const { lines, asked } = ownCases(ctx);
	return lines.length + asked.length > 0;
}

/** A case as the therapist sees it: what was laid before them, and what is theirs. Nothing of the other side but that. @throws NotFound */
export function ownView(ctx: Ctx, reference: string) {
	const own = respondentCase(ctx, reference);
	const { concern, state } = own;
	const { id } = concern;
	const replies = repliesOf(ctx, id);
	return {
		reference,
		as: own.as,
		stage: OWN_STAGE[state.phase],
		toldOn: own.toldOn,
		officer: state.ownerId === null ? null : (nameOf(ctx.db, state.ownerId) ?? null),
		isPaused: isPaused(state),
		isInterim: state.interim === 'in_force',
		asksForTime: timeAsked(ctx.db, id),
		hearingOn: state.hearingOn,
		promised: promisedIn(ctx, own).map(({ kind, dueOn }) => ({ what: OWN_PROMISE[kind] ?? '', dueOn })),
		outcome: state.outcome === null ? null : OWN_OUTCOME[state.outcome],
		appealBy: appealOpenUntil(ctx, own, 'respondent'),
		replyDays: own.rules.replyDays,
		packs: packsGiven(ctx, own, 'respondent'),
		others: packsGiven(ctx, own, 'complainant').map(({ givenOn, commentBy, days }) => ({ givenOn, commentBy, days })),
		allegations: allegationsGiven(ctx, own),
		replies,
		draft: draftReply(ctx, id) !== null,
		mayReply: refusalOf(state, 'replied') === null,
		offer: offerFor(ctx, { concernId: id, state }, 'respondent'),
		messages: ownMessages(ctx, id),
		helpers: helpersOf(ctx, id),
		acts: ownActs(ctx, own),
		repeatKey: newId(),
	};
}
export type OwnView = ReturnType<typeof ownView>;

/** What the page of a reply needs. @throws NotFound */
export function replyView(ctx: Ctx, reference: string) {
	const own: OwnCase = respondentCase(ctx, reference, 'reply');
	const replyBy = promisedIn(ctx, own).find(({ kind }) => kind === 'reply')?.dueOn ?? null;
	const refusal = refusalOf(own.state, 'replied');
	return {
		seen: own.seen,
		replyBy,
		refusal,
		allegations: allegationsGiven(ctx, own),
		kept: draftReply(ctx, own.concern.id),
		sent: repliesOf(ctx, own.concern.id).at(-1) ?? null,
	};
}

/** One pack as the therapist reads it, which is noted. @throws NotFound */
export function packView(ctx: Ctx, reference: string, no: number) {
	const own = respondentCase(ctx, reference, `pack:${no}`);
	return packsGiven(ctx, own, 'respondent').find((one) => one.no === no) ?? null;
}

function promisedIn(ctx: Pick<Ctx, 'db'>, { steps, rules, state }: Standing) {
	if (isPaused(state)) return [];
	const open = promisesOf(steps, rules, holidaysOf(ctx.db)).filter((p) => p.keptOn === null && p.endedOn === null && OWN_PROMISE[p.kind] !== undefined);
	return open.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}

const OWN = `SELECT c.id, c.respondent_id = :personId AS isOwn FROM concern c WHERE c.reference IS NOT NULL AND c.id IN (
		SELECT id FROM concern WHERE respondent_id = :personId UNION SELECT concern_id FROM concern_party
			WHERE person_id = :personId AND kind = 'representative' AND side = 'respondent' AND agreed_at IS NOT NULL AND left_at IS NULL)
	ORDER BY c.begun_at DESC, c.id`;
