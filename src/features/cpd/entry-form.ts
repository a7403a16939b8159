import { z } from 'zod';
import { addDays, addMonths, daysBetween, isDay } from '#core/dates.ts';
import { cleaned, isTicked, last } from '#core/fields.ts';
import { type DayBoxes, readDayBoxes } from '#core/read-day.ts';
import { DAY_MINUTES, readDuration } from '#core/read-duration.ts';
import { type Activity, NOTHING_SAID } from './entry.ts';
import { CATEGORY_WORDS, CPD_CATEGORIES, type CpdCategory, type CpdMode, MODES } from './kinds.ts';

export const TITLE_LIMIT = 200;
export const REFLECTION_LIMIT = 4000;
const PROVIDER_LIMIT = 200;
/** Longer courses are logged in parts, so that each year holds its own. */
const LONGEST_DAYS = 366;
const OLDEST_MONTHS = 120;

type Raw = Record<string, unknown>;
type Told = { field: string; message: string };

/** What is sent beside the activity itself. `checked`: the member has looked, and no client can be recognised. `repeats`: the entry it was begun from. */
export type ActivityInput = { activity: Activity; isDraft: boolean; repeatKey: string; version: number; checked: boolean; repeats: string };

/**
 * The form of an activity: `full` for the entry's own page, otherwise the four questions of a minute.
 * A draft may leave things out, but what is there must be readable. @param today the last day that can be logged.
 */
export function activityForm(today: string, full: boolean) {
	return z.record(z.string(), z.unknown()).transform((raw, check): ActivityInput => {
		const isDraft = last(raw.as) === 'draft';
		const told: Told[] = [];
		const activity = { ...NOTHING_SAID, ...readBasics(raw, { today, isDraft, told }) };
		Object.assign(activity, full ? readRest(raw, told) : { isIpt: isIptByKind(activity.category) });
		if (isDraft && isEmpty(activity)) told.push({ field: 'title', message: 'Write something first: there is nothing to keep yet.' });
		for (const { field, message } of told) check.addIssue({ code: 'custom', path: [field], message });
		return {
			activity,
			isDraft,
			repeatKey: keyOf(raw.repeatKey),
			version: Number(last(raw.version)) || 0,
			checked: isTicked(raw.checked),
			repeats: keyOf(raw.repeats),
		};
	});
}

/** An activity of this kind is about IPT unless the member says otherwise. */
export function isIptByKind(category: CpdCategory | null): boolean {
	return category !== null && CATEGORY_WORDS[category].isIpt;
}

type Reading = { today: string; isDraft: boolean; told: Told[] };

function readBasics(raw: Raw, { today, isDraft, told }: Reading): Pick<Activity, 'title' | 'doneOn' | 'beganOn' | 'minutes' | 'category'> {
	const title = oneLine(raw.title);
	if (title === '' && !isDraft) told.push({ field: 'title', message: 'Say what you did, such as a workshop’s name.' });
	if (title.length > TITLE_LIMIT) told.push({ field: 'title', message: `Shorten what you did to ${TITLE_LIMIT} characters or fewer.` });
	const doneOn = readDone(raw, { today, isDraft, told });
	const beganOn = readBegan(raw, doneOn, told);
	const minutes = readLong(raw, beganOn && doneOn ? daysBetween(beganOn, doneOn) + 1 : 1, { isDraft, told });
	const category = CPD_CATEGORIES.find((kind) => kind === last(raw.category)) ?? null;
	if (category === null && !isDraft) told.push({ field: 'category', message: 'Choose what kind of activity it was.' });
	return { title, doneOn, beganOn: beganOn === doneOn ? null : beganOn, minutes, category };
}

/** The quick choices carry their own day, so that a page opened before midnight still means what it said. Typed boxes win over them. */
function readDone(raw: Raw, { today, isDraft, told }: Reading): string | null {
	const boxes = boxesOf(raw, 'other');
	const isTyped = Object.values(boxes).some((part) => part !== '');
	const chosen = String(last(raw.on) ?? '');
	if (!isTyped && isDay(chosen)) return notBeyond(chosen, today, { field: 'on', told });
	if (!isTyped && chosen === '' && isDraft) return null;
	if (!isTyped) {
		if (isDraft) return null;
		told.push({ field: chosen === 'other' || raw.on === undefined ? 'other' : 'on', message: 'Say on which day it was, such as 22 11 2026.' });
		return null;
	}
	const read = readDayBoxes(boxes);
	if ('day' in read) return notBeyond(read.day, today, { field: 'other', told });
	told.push({ field: 'other', message: whyNoDay(boxes, read.why) });
	return null;
}

/** `“31 02 2026” is not a day in the calendar …`, `The date lacks the year.` */
function whyNoDay(boxes: DayBoxes, why: string): string {
	const typed = [boxes.day, boxes.month, boxes.year];
	return typed.includes('') ? `The date ${why}.` : `“${typed.join(' ').slice(0, 40)}” ${why}.`;
}

function notBeyond(day: string, today: string, { field, told }: { field: string; told: Told[] }): string {
	if (day > today) told.push({ field, message: 'That day is still to come. Log it once you have done it.' });
	else if (day < addMonths(today, -OLDEST_MONTHS)) told.push({ field, message: 'That is more than ten years ago. Check the year.' });
	return day;
}

function readBegan(raw: Raw, doneOn: string | null, told: Told[]): string | null {
	const boxes = boxesOf(raw, 'began');
	if (Object.values(boxes).every((part) => part === '')) return null;
	const read = readDayBoxes(boxes);
	if (!('day' in read)) {
		told.push({ field: 'began', message: whyNoDay(boxes, read.why) });
		return null;
	}
	if (doneOn !== null && read.day > doneOn) told.push({ field: 'began', message: 'The first day must not be after the last.' });
	else if (doneOn !== null && read.day < addDays(doneOn, -LONGEST_DAYS))
		told.push({ field: 'began', message: 'That is more than a year. Log each year’s part by itself.' });
	else return read.day;
	return null;
}

function readLong(raw: Raw, days: number, { isDraft, told }: Omit<Reading, 'today'>): number | null {
	const typed = oneLine(raw.long);
	if (typed === '' && isDraft) return null;
	const read = readDuration(typed, days * DAY_MINUTES);
	if ('minutes' in read) return read.minutes;
	told.push({ field: 'long', message: read.why });
	return null;
}

function readRest(raw: Raw, told: Told[]): Partial<Activity> {
	const provider = oneLine(raw.provider);
	if (provider.length > PROVIDER_LIMIT) told.push({ field: 'provider', message: `Shorten who offered it to ${PROVIDER_LIMIT} characters or fewer.` });
	const mode: CpdMode | null = MODES.find((m) => m === last(raw.mode)) ?? null;
	const texts = { learned: severalLines(raw.learned), changed: severalLines(raw.changed), effect: severalLines(raw.effect) };
	for (const [field, text] of Object.entries(texts)) {
		if (text.length > REFLECTION_LIMIT) told.push({ field, message: `Shorten this to ${REFLECTION_LIMIT.toLocaleString('en-GB')} characters or fewer.` });
	}
	return { provider, mode, isIpt: isTicked(raw.isIpt), isSkills: isTicked(raw.isSkills), ...texts };
}

function isEmpty(a: Activity): boolean {
	return a.title === '' && a.minutes === null && a.category === null && a.learned + a.changed + a.effect + a.provider === '';
}

function boxesOf(raw: Raw, name: string) {
	return { day: oneLine(raw[`${name}-day`]), month: oneLine(raw[`${name}-month`]), year: oneLine(raw[`${name}-year`]) };
}

function oneLine(value: unknown): string {
	return cleaned(value).replace(/\s+/g, ' ').trim();
}

function severalLines(value: unknown): string {
	return cleaned(value)
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}

function keyOf(value: unknown): string {
	const key = String(last(value) ?? '');
	return /^[\w-]{8,100}$/.test(key) ? key : '';
}
