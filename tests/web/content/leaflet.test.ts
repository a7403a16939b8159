import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';

const folder = temporaryFolder();
let server: RunningServer;
beforeAll(async () => {
	server = await startServer({ dataDir: folder.path });
});
afterAll(async () => {
	await server.stop();
	folder.remove();
});

test('the leaflet prints on two sides of one sheet, without the site around it', async () => {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage();
		await page.goto(`${server.origin}/about/leaflet`);
		const sides = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
		expect(sides).toHaveLength(2);
		await page.emulateMedia({ media: 'print' });
		const shown = await page.locator('.safety, .nav, .urgent, .footer, .button').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
		expect(shown).toBe(0);
	} finally {
		await browser.close();
	}
});
