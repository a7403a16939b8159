/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';
import { longFirst } from './long-first.ts';

/** Over register files of their own in the test's own process: they share what is loaded, not what is written. */
const IN_PROCESS = ['tests/features/**/*.test.ts'];
const NOT_TESTS = ['tests/bench/**', 'node_modules/**'];

export default getViteConfig({
	test: {
		environment: 'node',
		testTimeout: 60_000,
		hookTimeout: 240_000,
		maxWorkers: 2,
		sequence: { sequencer: longFirst },
		projects: [
			{ extends: true, test: { name: 'features', include: IN_PROCESS, exclude: NOT_TESTS, isolate: false } },
			{ extends: true, test: { name: 'rest', include: ['tests/**/*.test.ts'], exclude: [...NOT_TESTS, ...IN_PROCESS] } },
		],
	},
});
