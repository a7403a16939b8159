import type { Ctx } from '#core/ctx.ts';
import type { StoredFile } from '#core/files.ts';
import { prepared } from '#db/prepared.ts';
import { auditedLog, cpdYearsFor, nameOfPerson, sayPeriod } from '#features/cpd/index.ts';
import { feeStanding } from './apply-fee.ts';
import { renewalFacts, termBegan } from './renewal-facts.ts';
import { sayRenewalFee } from './renewal-fee.ts';
import type { RenewalFacts } from './renewal-judge.ts';
import { type SupportView, supportOn } from './renewal-own.ts';
import { type RenewalSight, readRenewal } from './renewal-sight.ts';
import { filesFor } from './upkeep-files.ts';
import { itemsFor, type UpkeepItem } from './upkeep-items.ts';

export type SentRenewal = { practice: string; practises: boolean; declaration: string; submittedAt: number };
export type YearFigures = { words: string; figures: { title: string; needed: string; have: string; isMet: boolean }[] };
/** What an officer or the assessor reads. The logs are read together with what was sent: without it, none of them. */
export type RenewalFile = {
	sent: SentRenewal | null;
	years: YearFigures[];
	facts: Omit<RenewalFacts, 'practises'> | null;
	support: (SupportView & { words: string })[];
	items: (UpkeepItem & { files: StoredFile[] })[];
};

/** Opens a re-accreditation, which is an event; `file` is null while the gate is shut. `name`: whose it is, which the gate asks about. @throws NotFound */
export function readRenewalFile(ctx: Ctx, reference: string): RenewalSight & { name: string; fee: string | null; file: RenewalFile | null } {
	const sight = readRenewal(ctx, reference);
	const fee = sight.isGateShut ? null : sayRenewalFee(feeStanding(ctx, sight.renewal.id));
	return { ...sight, name: nameOfPerson(ctx.db, sight.renewal.personId), fee, file: sight.isGateShut ? null : fileOf(ctx, sight) };
}

function fileOf(ctx: Ctx, sight: RenewalSight): RenewalFile {
	const { id } = sight.renewal;
	const sent = lastSent(ctx, id);
	const files = filesFor(ctx, { kind: 'renewal', id });
	return {
		sent,
		years: sent === null ? [] : yearsOf(ctx, sight),
		facts: sent === null ? null : renewalFacts(ctx, sight),
		support: supportOn(ctx, id),
		items: itemsFor(ctx.db, { kind: 'renewal', id }).map((item) => ({ ...item, files: files.get(item.id) ?? [] })),
	};
}

function lastSent(ctx: Ctx, id: string): SentRenewal | null {
	const text = 'SELECT content, declaration, submitted_at AS submittedAt FROM renewal_submission WHERE renewal_id = ? ORDER BY no DESC LIMIT 1';
	const row = prepared(ctx.db.sql, text).get(id) as { content: string; declaration: string; submittedAt: number } | undefined;
	if (!row) return null;
	const { practice, facts } = JSON.parse(row.content) as { practice?: string; facts?: RenewalFacts };
	// What was erased is as though it had not been sent.
	if (practice === undefined || facts === undefined) return null;
	return { practice, practises: facts.practises, declaration: row.declaration, submittedAt: row.submittedAt };
}

/** The figures of every CPD year that has a day in the period, newest first. */
function yearsOf(ctx: Ctx, { renewal }: RenewalSight): YearFigures[] {
	const from = termBegan(ctx, renewal.awardId);
	const years = cpdYearsFor(ctx.db, renewal.personId, ctx.today).filter(({ fromOn, toOn }) => toOn >= from && fromOn <= renewal.termToOn);
	return years.map((year) => ({ words: sayPeriod(year), figures: auditedLog(ctx, renewal.personId, year).figures }));
}
