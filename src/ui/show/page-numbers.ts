/** The page numbers to offer: first, last, this one and its neighbours; null where some are left out. Pages count from 1. */
export function pageNumbers(page: number, pages: number): (number | null)[] {
	const wanted = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
	const sorted = [...new Set(wanted)].sort((a, b) => a - b);
	return sorted.flatMap((n, index) => {
		const before = sorted[index - 1] ?? n - 1;
		if (n - before === 2) return [n - 1, n];
		return n - before > 2 ? [null, n] : [n];
	});
}
