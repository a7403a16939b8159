import { sayIdentifiers } from './identifiers.ts';

const PAUSE_MS = 400;

/** Says beside a field, a moment after one types, what in it looks like a client's. For the browser; nothing leaves the page. */
export function watchIdentifiers(box: HTMLElement): void {
	const area = box.querySelector('textarea');
	const says = box.querySelector<HTMLElement>('[data-identifier-says]');
	if (!area || !says) return;
	const known = JSON.parse(box.dataset.knownNames ?? '[]') as string[];
	let timer = 0;
	const look = () => {
		says.textContent = sayIdentifiers(area.value, known) ?? '';
	};
	area.addEventListener('input', () => {
		window.clearTimeout(timer);
		timer = window.setTimeout(look, PAUSE_MS);
	});
	if (area.value !== '') look();
}
