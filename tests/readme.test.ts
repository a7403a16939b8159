import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROLE_NAMES, ROLES } from '#core/roles.ts';

const FILE = new URL('../README.md', import.meta.url);

/** The table of roles as the README prints it. */
function roleTable(): string {
	const rows = ROLE_NAMES.map((role) => {
		const { title, does, isStaff, idleMinutes, longestHours, sessions } = ROLES[role];
		return `| ${title} | ${does} | ${isStaff ? 'compulsory' : 'offered'} | ${idleMinutes} min idle, ${longestHours} h in all, ${sessions} at once |`;
	});
	return ['| role | for | second step | a session lasts |', '|---|---|---|---|', ...rows].join('\n');
}

/** Run with UPDATE_GOLDEN=1 to write the README's table anew. */
test('the README prints the table of roles as it is in the code', () => {
	const readme = readFileSync(FILE, 'utf8');
	const fresh = readme.replace(/(<!-- roles -->\n)[\s\S]*?(<!-- \/roles -->)/, `$1${roleTable()}\n$2`);
	if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, fresh);
	expect(fresh).toBe(process.env.UPDATE_GOLDEN === '1' ? fresh : readme);
	expect(readme).toContain('<!-- roles -->');
});
