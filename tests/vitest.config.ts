/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

export default getViteConfig({
	test: {
		environment: 'node',
		include: ['tests/**/*.test.ts'],
		exclude: ['tests/bench/**', 'node_modules/**'],
		testTimeout: 60_000,
		hookTimeout: 240_000,
		maxWorkers: 2,
	},
});
