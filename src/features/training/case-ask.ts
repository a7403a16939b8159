import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { subjectOf } from './case-commands.ts';
import { NO_CASE, ownCase, presentName, supervisedCase } from './case-queries.ts';
import type { TrainingCase } from './case-types.ts';
import { canKeepCase, canSignCase } from './policy.ts';
import { signingRules } from './rules.ts';
import { issueTrainingLink, lastLinkOf } from './training-link.ts';
import { signCaseMail } from './training-mails.ts';
import { post } from './training-post.ts';

const DAY_MS = 86_400_000;

/**
 * Whether a supervisor may be asked to sign a case now, and why not. `agree`: they have not agreed to supervise yet. `signed`: nothing waits.
 * `isLost`: the last message could not be delivered, or fails so far; then it may be sent again at once.
 */
export type AskingToSign = { state: 'may' | 'agree' | 'signed' | 'asked'; sentAt: number | null; again: number | null; isLost: boolean };

/** How it stands with asking the supervisor of a case. Never authorises. */
export function askingToSign(ctx: Ctx, theCase: TrainingCase): AskingToSign {
	const link = lastLinkOf(ctx, theCase.id);
	const isLost = link !== null && isUndelivered(ctx, theCase.id, link.sentAt);
	const known = { sentAt: link?.sentAt ?? null, again: null, isLost };
	if (!theCase.supervisor.hasAgreed) return { ...known, state: 'agree' };
	if (theCase.reportState === 'signed' && theCase.decision !== 'in_progress') return { ...known, state: 'signed' };
	const again = link?.isLive && !isLost ? link.sentAt + signingRules(ctx.db, ctx.today).askAgainDays * DAY_MS : null;
	return { ...known, again, state: again !== null && again > ctx.now ? 'asked' : 'may' };
}

/** Has the message with a link failed at least once and not gone out since? Told to the trainee the same day. */
function isUndelivered(ctx: Ctx, caseId: string, sentAt: number): boolean {
	const text = 'SELECT 1 FROM outbox WHERE dedupe_key = ? AND sent_at IS NULL AND (failed_at IS NOT NULL OR attempts > 0) AND purged_at IS NULL';
	return prepared(ctx.db.sql, text).get(`training:${caseId}:sign:${sentAt}`) !== undefined;
}

/** The trainee asks the supervisor to rate and sign: a message with a link goes out, once in some days. @throws NotFound, Conflict */
export function askToSign(ctx: Ctx, code: string): void {
	commit(ctx, { name: 'askToSign' }, (tx) => {
		const theCase = ownCase(ctx, code);
		allow(canKeepCase(ctx.actor, theCase), NO_CASE);
		const { state } = askingToSign(ctx, theCase);
		if (state === 'agree') throw new Conflict('Your supervisor has not agreed to supervise you here yet. Once they have, you can ask them to sign.');
		if (state === 'signed') throw new Conflict('Your supervisor has signed this case as it stands.');
		if (state === 'asked') throw new Conflict('Your supervisor was written to a few days ago, and that link still works.');
		send(tx, theCase);
	});
}

/** A supervisor with an account has a link sent to their own address, to sign elsewhere. @throws NotFound, Conflict */
export function sendOwnLink(ctx: Ctx, code: string): void {
	commit(ctx, { name: 'sendOwnLink' }, (tx) => {
		const theCase = supervisedCase(ctx, code);
		allow(canSignCase(ctx.actor, theCase), NO_CASE);
		const last = lastLinkOf(ctx, theCase.id);
		if (last !== null && ctx.now - last.sentAt < 10 * 60_000) throw new Conflict('A link was sent a few minutes ago. Please look at your mail.');
		send(tx, theCase);
	});
}

function send(tx: Tx, theCase: TrainingCase): void {
	const to = addressOfSupervisor(tx, theCase);
	if (!to) throw new Conflict('We have no address for your supervisor. They can sign in to rate and sign.');
	const { token, expiresAt } = issueTrainingLink(tx, theCase.id);
	const name = presentName(tx.db, theCase.personId);
	post(tx, signCaseMail(tx.ctx.settings, { caseId: theCase.id, code: theCase.code, token, name, sentAt: tx.ctx.now, expiresAt }, to));
	record(tx, 'training.sign_asked', subjectOf(theCase.id), { number: theCase.factsNumber });
}

function addressOfSupervisor(tx: Pick<Tx, 'db'>, { relationId, supervisor }: TrainingCase): string | null {
	if (supervisor.personId !== null) return mailAddressOf(tx.db, supervisor.personId);
	return prepared(tx.db.sql, 'SELECT outside_email FROM supervision_relation WHERE id = ?').pluck().get(relationId) as string | null;
}
