import { describe, expect, test } from 'vitest';
import { Invalid } from '#core/errors.ts';
import { refuseWeak } from '#features/accounts/password-rules.ts';

const OWN = ['ann.example@member.example', 'Ann', 'Featherstonehaugh'];
const why = async (password: string) => {
	try {
		await refuseWeak(password, OWN);
		return null;
	} catch (error) {
		expect(error).toBeInstanceOf(Invalid);
		expect((error as Invalid).field).toBe('password');
		return (error as Error).message;
	}
};

describe('a password', () => {
	test.each([
		['', 'Choose a password'],
		['short', 'at least 12'],
		['elevenchars', 'at least 12'],
		['👍👍👍👍👍👍', 'at least 12'],
		['passwordpassword', 'many people use'],
		['Password1234', 'many people use'],
		['Password1234!', 'close to a password'],
		['Ann Featherstonehaugh 1', 'your name'],
		['Interpersonal Psychotherapy 1', 'our field'],
		['iloveyou2024!', 'guessed|close to'],
		['qwertyuiop12', 'many people use'],
		["asdfghjkl;'#zx", 'keyboard|row|guessed'],
		['abcdefghijkl', 'row of letters'],
		['aaaaaaaaaaaa', 'same character'],
		['abcabcabcabc', 'same characters'],
		['featherstonehaugh', 'your name'],
		['psychotherapist', 'our field'],
		['ann.example@member.example', 'your name'],
	])('%j is refused, and the reason said', async (password, reason) => expect(await why(password)).toMatch(new RegExp(reason)));

	test.each([
		'violet harbour nine lanterns',
		'three random words',
		'kX9#vTq2!mPz',
		'только для моих глаз',
		'  spaces at both ends  ',
		'a line with "quotes" & <tags>',
		'🐙 octopus 🐙 lighthouse',
		'x'.repeat(3) + 'Jq4 lantern '.repeat(80),
	])('%j is fine: any characters, and long ones', async (password) => expect(await why(password)).toBeNull());

	test('is refused past 1,024 bytes, counted as bytes', async () => {
		const words = 'violet harbour nine lanterns ';
		expect(await why(words.repeat(40).slice(0, 1024))).toBeNull();
		expect(await why(words.repeat(40).slice(0, 1025))).toMatch(/longer than we can take/);
		expect(await why('é'.repeat(600))).toMatch(/longer than we can take/);
	});

	test('of a strange kind takes no long time', async () => {
		const began = performance.now();
		for (const nasty of ['ab12cd34ef56'.repeat(80), 'aB3$'.repeat(250), '1qaz2wsx'.repeat(120), `${'9'.repeat(500)}a`]) await why(nasty);
		expect(performance.now() - began).toBeLessThan(6000);
	});
});
