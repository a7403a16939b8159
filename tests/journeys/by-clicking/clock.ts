import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addDays, daysBetween, sayDay } from '#core/dates.ts';
import type { Visiting } from '#tests/helpers/journey.ts';

const STEPS = [
	{ days: 90, label: '90 days' },
	{ days: 30, label: '30 days' },
	{ days: 7, label: 'a week' },
	{ days: 1, label: 'a day' },
];
/** Every day of the way does its work; a season of them takes about ten seconds. */
export const SEASON_MS = 60_000;
export type Clock = { page: Page; walkTo(day: string): Promise<void>; day(): string };

/** A window in which the clock of the demonstration is moved and public pages are looked at, and the day it shows. */
export async function clockOf(visiting: Visiting): Promise<Clock> {
	const { page } = await visiting.enter('/demo');
	let day = new Date(`${await today(page)} UTC`).toISOString().slice(0, 10);
	return {
		page,
		day: () => day,
		async walkTo(to) {
			for (const { days, label } of STEPS) {
				while (daysBetween(day, to) >= days) {
					await page.goto('/demo');
					await page.getByRole('button', { name: label, exact: true }).click();
					await page.getByRole('button', { name: label, exact: true }).waitFor({ timeout: SEASON_MS });
					day = addDays(day, days);
				}
			}
			expect(await today(page)).toBe(sayDay(to));
		},
	};
}

/** The day that the demonstration shows, in words. */
export async function today(page: Page): Promise<string> {
	return /It is ([^.]+)\. Put/.exec(await page.locator('main').innerText())?.[1] ?? '';
}
