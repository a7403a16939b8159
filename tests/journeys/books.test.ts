import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, type Visiting } from '#tests/helpers/journey.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { personWith } from '#tests/helpers/person.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

/** Finance at the page of an invoice to somebody else. */
async function atInvoice({ site, enter }: Visiting) {
	const ctx = siteCtx(site());
	const id = invoiceTo(ctx, personWith(site(), 'member'), { purpose: 'other', subjectId: 'test', lines: [{ label: 'A day of training', pence: 7500 }] });
	const number = ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(id) as string;
	ctx.db.sql.close();
	const { page } = await enter('/demo');
	await page
		.locator(`button[value="${personWith(site(), 'finance')}"]`)
		.first()
		.click();
	await page.waitForURL('**/office');
	await page.goto(`/office/payments/${number}`);
	return { page, number };
}

journeys('finance', (visiting) => {
	test('records a payment with a slip in it, refunds a part, and every page of the books is in order', async () => {
		const { page, number } = await atInvoice(visiting);
		const faults: string[] = [];
		const look = async () => void (visiting.javaScript && faults.push(...(await faultsOn(page))));
		await look();
		await page.getByRole('link', { name: 'Record a payment' }).click();
		await look();
		await page.getByLabel('Amount in pounds').fill('750');
		await page.getByLabel('Day it came').fill('20 November 2026');
		await page.getByLabel('Cheque').check();
		await page.getByLabel('Reference').fill('000123');
		await page.getByRole('button', { name: 'Record this payment' }).click();
		await page.getByRole('link', { name: /^Only £75.00 is owed/ }).click();
		expect(await page.getByLabel('Reference').inputValue()).toBe('000123');
		await look();
		await page.getByLabel('Amount in pounds').fill('75');
		await page.getByRole('button', { name: 'Record this payment' }).click();
		await page.getByRole('status').filter({ hasText: 'The payment is recorded.' }).waitFor();
		await look();
		await page.getByRole('link', { name: /^Refund £75.00 by cheque/ }).click();
		await look();
		await page.getByLabel('Amount in pounds').fill('25');
		await page.getByLabel('Why it is given back').fill('Left after half a day.');
		await page.getByLabel('Reference of your transfer').fill('OUT 77');
		await page.getByRole('button', { name: 'Refund' }).click();
		await page.getByText('Paid; £25.00 given back').waitFor();
		for (const path of ['/office/payments?show=all', '/office/payments/looks', '/office/payments/concessions', '/office/payments/export']) {
			await page.goto(path);
			expect(await heading(page)).not.toBe('');
			await look();
		}
		expect(faults).toEqual([]);
		expect(recordedOn(visiting, number)).toEqual({ paid: 7500, refunded: 2500 });
	});
});

function recordedOn({ site }: Visiting, number: string): unknown {
	const { sql } = openDatabase(`${site().dataDir}/register.db`, { readonly: true });
	const text = `SELECT sum(p.pence) AS paid, (SELECT sum(r.pence) FROM refund r WHERE r.payment_id = p.id) AS refunded
		FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.number = ?`;
	const sums = sql.prepare(text).get(number);
	sql.close();
	return sums;
}
