/**
 * Small comforts on top of pages that work without them. Everything is found by its `data-` attribute;
 * a page that has none of them runs none of this.
 */
const all = <T extends HTMLElement>(selector: string): T[] => [...document.querySelectorAll<T>(selector)];

leaveQuickly(document.querySelector<HTMLAnchorElement>('[data-exit]'));
document.querySelector<HTMLElement>('[data-error-summary]')?.focus();
all('[data-print]').forEach(offerPrint);
all('[data-share]').forEach(offerShare);
all<HTMLTextAreaElement>('[data-count]').forEach(countAlong);
all('[data-show-password]').forEach(offerToShow);
all<HTMLInputElement>('[data-most-bytes]').forEach(refuseLarge);
all('[data-sending]').forEach(saySending);
openOnWideScreens(all<HTMLDetailsElement>('[data-wide-open]'));

/** A press leaves, and so does Shift pressed three times within five seconds of each other. "Back" does not lead here again. */
function leaveQuickly(link: HTMLAnchorElement | null): void {
	if (!link) return;
	const status = document.querySelector('[data-exit-status]');
	const say = (text: string) => {
		if (status) status.textContent = text;
	};
	let presses = 0;
	let timer = 0;
	const forget = () => {
		presses = 0;
		say('');
	};
	const leave = () => {
		document.documentElement.classList.add('is-leaving');
		document.title = 'Loading';
		window.location.replace(link.href);
	};
	link.addEventListener('click', (event) => {
		event.preventDefault();
		leave();
	});
	document.addEventListener('keydown', (event) => {
		// Shift as part of typing a capital letter is not a wish to leave.
		if (event.key !== 'Shift') return forget();
		if (event.repeat) return;
		presses += 1;
		window.clearTimeout(timer);
		timer = window.setTimeout(forget, 5000);
		if (presses === 3) leave();
		else say(presses === 1 ? 'Press Shift two more times to leave.' : 'Press Shift once more to leave.');
	});
	// A page brought back from the browser's memory must not stay blank.
	window.addEventListener('pageshow', () => document.documentElement.classList.remove('is-leaving'));
}

function offerPrint(button: HTMLElement): void {
	button.hidden = false;
	button.addEventListener('click', () => window.print());
}

function offerShare(button: HTMLElement): void {
	if (typeof navigator.share !== 'function') return;
	button.hidden = false;
	button.addEventListener('click', () => {
		const url = new URL(button.dataset.sharePath ?? window.location.pathname, window.location.origin).href;
		// Turning away from the share sheet is not a mistake.
		navigator.share({ title: button.dataset.share ?? document.title, url }).catch(() => undefined);
	});
}

/** Says how much is left; to screen readers only after a pause, so that it does not talk over typing. */
function countAlong(area: HTMLTextAreaElement): void {
	const note = document.querySelector<HTMLElement>(`[data-count-of="${CSS.escape(area.id)}"]`);
	const max = Number(area.dataset.count);
	if (!note || !Number.isFinite(max)) return;
	const spoken = document.createElement('span');
	spoken.className = 'govuk-visually-hidden';
	spoken.setAttribute('role', 'status');
	note.after(spoken);
	let timer = 0;
	const update = () => {
		const left = max - area.value.length;
		const many = Math.abs(left).toLocaleString('en-GB');
		note.textContent = left < 0 ? `You have ${many} characters too many.` : `You have ${many} characters left.`;
		note.classList.toggle('govuk-error-message', left < 0);
		window.clearTimeout(timer);
		timer = window.setTimeout(() => {
			spoken.textContent = note.textContent;
		}, 1000);
	};
	area.addEventListener('input', update);
	if (area.value !== '') update();
}

/** A box to tick that shows what is typed. When the form is sent the field is a password again, so that browsers do not keep it as text. */
function offerToShow(offer: HTMLElement): void {
	const field = document.getElementById(offer.dataset.showPassword ?? '');
	const box = offer.querySelector('input');
	if (!(field instanceof HTMLInputElement) || !box) return;
	offer.hidden = false;
	const follow = () => {
		field.type = box.checked ? 'text' : 'password';
	};
	box.addEventListener('change', follow);
	field.form?.addEventListener('submit', () => {
		box.checked = false;
		follow();
	});
	follow();
}

/** Says at once that a file is too large, instead of after minutes of sending it. */
function refuseLarge(input: HTMLInputElement): void {
	const said = document.createElement('p');
	said.className = 'govuk-error-message';
	said.setAttribute('role', 'status');
	input.before(said);
	input.addEventListener('change', () => {
		const large = [...(input.files ?? [])].find((file) => file.size > Number(input.dataset.mostBytes));
		said.textContent = large ? `${large.name} is larger than 10 MB. Choose a smaller one.` : '';
		if (large) input.value = '';
	});
}

/** Files can take a minute to send: says so as soon as the form is on its way. */
function saySending(note: HTMLElement): void {
	const say = (words: string) => {
		note.textContent = words;
	};
	note.closest('form')?.addEventListener('submit', () => say(note.dataset.sending ?? ''));
	window.addEventListener('pageshow', () => say(''));
}

/** For browsers that cannot do this with style alone (`::details-content`). */
function openOnWideScreens(panels: HTMLDetailsElement[]): void {
	if (panels.length === 0 || CSS.supports('selector(::details-content)')) return;
	const wide = window.matchMedia('(min-width: 60rem)');
	const follow = () => {
		for (const panel of panels) panel.open = wide.matches;
	};
	follow();
	wide.addEventListener('change', follow);
}
