import type { AwardFact, AwardKind, AwardLevel } from '#features/register/index.ts';
import { phraseOf, wrongDays } from './dated-phrases.ts';
import type { Headings } from './headings.ts';
import type { RowReader } from './row-reader.ts';
import type { WantedAward } from './wanted.ts';

export const LEVELS: Record<string, AwardLevel> = {
	practitioner: 'practitioner',
	therapist: 'practitioner',
	supervisor: 'supervisor',
	trainer: 'trainer',
	organisation: 'organisation',
	organization: 'organisation',
};
export const KINDS: Record<string, AwardKind> = {
	adult: 'adult',
	adults: 'adult',
	adolescent: 'adolescent',
	adolescents: 'adolescent',
	'ipt-a': 'adolescent',
	counselling: 'counselling',
	ipc: 'counselling',
	bipolar: 'bipolar',
	perinatal: 'perinatal',
	eating: 'eating',
	group: 'group',
};
const REASONS: Record<string, NonNullable<AwardFact['endReason']>> = { 'given up': 'given_up', 'not renewed': 'not_renewed', withdrawn: 'withdrawn' };

const EXAMPLE = 'write it like “practitioner adult 2019-05-01 to 2027-04-30”';
const AWARD = /^([a-z]+)(?: ([a-z-]+))? (@\.\.@(?: ?, ?@\.\.@)*)(?: ended @ (given up|not renewed|withdrawn))?$/;

/** All awards of a row: the column `awards`, then the families (`adolescent awarded`, `adolescent valid to`). */
export function readAwards(row: RowReader, headings: Headings): WantedAward[] {
	const awards = (row.several('awards') ?? []).flatMap((typed) => readAward(row, typed) ?? []);
	for (const family of headings.families) {
		const award = readFamily(row, family);
		if (award) awards.push(award);
	}
	refuseTwice(row, awards);
	return awards;
}

function readAward(row: RowReader, typed: string): WantedAward | undefined {
	const phrase = phraseOf(typed);
	const match = AWARD.exec(phrase.pattern);
	const wrong = wrongDays(phrase);
	if (wrong) return row.refuse('awards', wrong);
	const level = LEVELS[match?.[1] ?? ''];
	const kind = KINDS[match?.[2] ?? 'adult'];
	if (!match || !level || !kind) return row.refuse('awards', `“${typed.slice(0, 80)}” cannot be read: ${EXAMPLE}`);
	const days = phrase.days as string[];
	const endReason = REASONS[match[4] ?? ''] ?? null;
	const endedOn = endReason ? (days.pop() ?? null) : null;
	const terms = Array.from({ length: days.length / 2 }, (_, i) => ({ fromOn: days[i * 2] ?? '', toOn: days[i * 2 + 1] ?? '' }));
	return sane(row, 'awards', { level, kind, awardedOn: terms[0]?.fromOn ?? '', terms, endedOn, endReason });
}

function readFamily(row: RowReader, family: { level: string; kind: string }): WantedAward | undefined {
	const [from, to] = [`${family.level} ${family.kind} awarded`, `${family.level} ${family.kind} valid to`];
	const [awardedOn, toOn] = [row.day(from), row.day(to)];
	if (!awardedOn) return toOn ? row.refuse(from, 'is empty, but there is a day until which the award is valid') : undefined;
	if (!toOn) return row.has(to) ? undefined : row.refuse(to, 'is empty: until when is the award valid?');
	return sane(row, to, {
		level: family.level as AwardLevel,
		kind: family.kind as AwardKind,
		awardedOn,
		terms: [{ fromOn: awardedOn, toOn }],
		endedOn: null,
		endReason: null,
	});
}

function sane(row: RowReader, column: string, award: WantedAward): WantedAward | undefined {
	const back = award.terms.find((t) => t.toOn < t.fromOn);
	if (back) return row.refuse(column, `the award ends (${back.toOn}) before it begins (${back.fromOn})`);
	if (award.endedOn && award.endedOn < award.awardedOn)
		return row.refuse(column, `the award was ended (${award.endedOn}) before it was given (${award.awardedOn})`);
	return award;
}

function refuseTwice(row: RowReader, awards: readonly WantedAward[]): void {
	const seen = new Set<string>();
	for (const { level, kind, awardedOn } of awards) {
		const key = `${level} ${kind} ${awardedOn}`;
		if (seen.has(key)) row.refuse('awards', `the award “${key}” is there twice`);
		seen.add(key);
	}
}
