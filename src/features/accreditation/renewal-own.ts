import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type FeeStanding, feeStanding } from './apply-fee.ts';
import { renewalFacts } from './renewal-facts.ts';
import { renewalFeePence } from './renewal-fee.ts';
import { type ReasonKey, type RenewalFacts, reasonsIn } from './renewal-judge.ts';
import type { Outsider } from './renewal-request-ask.ts';
import { wordRequestsOn } from './renewal-request-queries.ts';
import { renewalRules } from './renewal-rules.ts';
import { endsOn, wayBackEndsOn } from './renewal-state.ts';
import { type RenewalStanding, renewalOf } from './renewal-step.ts';
import { type LastTerm, lastTermsOf } from './renewal-terms.ts';
import { type RequestState, requestState } from './request-state.ts';
import { itemsFor, type UpkeepItem } from './upkeep-items.ts';

/** `state`: of somebody asked by a link, or whose letter was typed in; null for whoever answers in their own account. */
export type SupportView = { id: string; name: string; answer: 'supports' | 'has_concerns' | 'cannot_say' | null; state: RequestState | null };
/** One's own re-accreditation as its page shows it. */
export type OwnRenewal = {
	awards: LastTerm[];
	standing: RenewalStanding | null;
	/** What the record says today; null when nothing is open to be sent. */
	facts: Omit<RenewalFacts, 'practises'> | null;
	reasons: readonly ReasonKey[];
	items: UpkeepItem[];
	support: SupportView[];
	endsOn: string | null;
	wayBackEndsOn: string | null;
	declaration: string;
	annual: { wording: string; year: number; isDeclared: boolean };
	/** How the fee stands once it was sent; before that what it will be. */
	fee: FeeStanding;
};

/** Where one's own accreditation stands. Reads only. @throws SignInRequired */
export function ownRenewal(ctx: Ctx): OwnRenewal {
	const { personId } = personOf(ctx);
	const rules = renewalRules(ctx.db, ctx.today);
	const standing = renewalOf(ctx, personId);
	const isOpen = standing !== null && ['window_open', 'late', 'reactivatable'].includes(standing.phase);
	const facts = isOpen ? renewalFacts(ctx, standing) : null;
	const year = Number(ctx.today.slice(0, 4));
	return {
		awards: lastTermsOf(ctx.db, personId),
		standing,
		facts,
		reasons: facts ? reasonsIn({ ...facts, practises: true }) : ((standing?.state.reasons ?? []) as ReasonKey[]),
		items: standing ? itemsFor(ctx.db, { kind: 'renewal', id: standing.renewal.id }) : [],
		support: standing ? supportOn(ctx, standing.renewal.id) : [],
		endsOn: standing && endsOn(standing.state, standing.limits),
		wayBackEndsOn: standing && wayBackEndsOn(standing.state, standing.limits),
		declaration: rules.declaration,
		annual: { wording: rules.annual, year, isDeclared: isDeclared(ctx, personId, year) },
		fee: feeFor(ctx, standing, isOpen),
	};
}

/** Whose word was asked for, and what they said. Never authorises. */
export function supportOn(ctx: Ctx, renewalId: string): (SupportView & { words: string })[] {
	const text = `SELECT s.id, n.given_names || ' ' || n.family_name AS name, s.answer, s.words FROM renewal_support s
		JOIN person_name n ON n.person_id = s.person_id AND n.to_on IS NULL WHERE s.renewal_id = ? ORDER BY s.asked_at`;
	const own = (prepared(ctx.db.sql, text).all(renewalId) as (Omit<SupportView, 'state'> & { words: string })[]).map((one) => ({ ...one, state: null }));
	const asked = wordRequestsOn(ctx.db, renewalId).map((row) => ({
		id: row.id,
		name: row.toName,
		answer: row.answer,
		words: row.words,
		state: requestState(row, ctx.today),
	}));
	return [...own, ...asked.filter(({ state }) => state !== 'cancelled')];
}

/** Supervisors of a person that may be asked for a word: by their key, or by that of the supervision for those without an account. Never authorises. */
export function supportersFor(ctx: Ctx, personId: string): { value: string; label: string }[] {
	const text = `SELECT DISTINCT r.supervisor_id AS value, n.given_names || ' ' || n.family_name AS label FROM supervision_relation r
		JOIN person_name n ON n.person_id = r.supervisor_id AND n.to_on IS NULL
		WHERE r.supervisee_id = :id AND r.agreed_at IS NOT NULL AND r.supervisor_id IS NOT NULL
		UNION SELECT r.id, r.outside_name || ' (by a link)' FROM supervision_relation r
		WHERE r.supervisee_id = :id AND r.agreed_at IS NOT NULL AND r.supervisor_id IS NULL ORDER BY label`;
	return prepared(ctx.db.sql, text).all({ id: personId }) as { value: string; label: string }[];
}

/** One's own supervisor without an account, out of the log by the key of the supervision; null for anybody else. */
export function outsideSupervisor(ctx: Ctx, relationId: string): Outsider | null {
	const text = `SELECT outside_name AS name, outside_email AS email FROM supervision_relation
		WHERE id = ? AND supervisee_id = ? AND agreed_at IS NOT NULL AND supervisor_id IS NULL`;
	return (prepared(ctx.db.sql, text).get(relationId, personOf(ctx).personId) as Outsider | undefined) ?? null;
}

/** What a supervisor was asked. @throws NotFound unless it was them */
export function supportFor(ctx: Ctx, id: string): SupportView & { renewalId: string } {
	const text = `SELECT s.id, n.given_names || ' ' || n.family_name AS name, s.answer, NULL AS state, s.renewal_id AS renewalId FROM renewal_support s
		JOIN renewal r ON r.id = s.renewal_id JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL WHERE s.id = ? AND s.person_id = ?`;
	const row = prepared(ctx.db.sql, text).get(id, personOf(ctx).personId) as (SupportView & { renewalId: string }) | undefined;
	if (!row) throw new NotFound('There is nothing that you were asked here.');
	return row;
}

/** What others asked the actor to say, and they have not yet. */
export function supportWaiting(ctx: Ctx): SupportView[] {
	const text = `SELECT s.id, n.given_names || ' ' || n.family_name AS name, s.answer, NULL AS state FROM renewal_support s JOIN renewal r ON r.id = s.renewal_id
		JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL WHERE s.person_id = ? AND s.answered_at IS NULL ORDER BY s.asked_at`;
	return prepared(ctx.db.sql, text).all(personOf(ctx).personId) as SupportView[];
}

function feeFor(ctx: Ctx, standing: RenewalStanding | null, isOpen: boolean): FeeStanding {
	if (standing === null) return { state: 'none', pence: 0, number: null, dueOn: null };
	const fee = feeStanding(ctx, standing.renewal.id);
	return isOpen && fee.state === 'none' ? { ...fee, pence: renewalFeePence(ctx, standing.renewal) } : fee;
}

function isDeclared(ctx: Ctx, personId: string, year: number): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM annual_declaration WHERE person_id = ? AND year = ?').get(personId, year) !== undefined;
}
