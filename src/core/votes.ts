/** What most voted for: one that leads alone, several that are even, or nothing where nobody voted. Pure. */
export function leadersOf<C>(choices: readonly C[]): C[] {
	const counts = new Map<C, number>();
	for (const choice of choices) counts.set(choice, (counts.get(choice) ?? 0) + 1);
	const top = Math.max(...counts.values());
	return [...counts].filter(([, count]) => count === top).map(([choice]) => choice);
}

/** What is carried: what leads alone, or what a casting vote chose of what is even; null while that is missing. Pure. */
export function carriedOf<C>(leading: readonly C[], casting: C | null): C | null {
	if (leading.length === 1) return leading[0] ?? null;
	return casting !== null && leading.includes(casting) ? casting : null;
}
