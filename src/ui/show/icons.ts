/** Our own line drawings on a grid of 24, as SVG path data. */
export const icons = {
	pin: 'M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11ZM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
	calendar: 'M5 5.5h14v14H5zM5 10h14M9 3v4M15 3v4',
	purse: 'M4 7.5h16v11H4zM4 7.5l11-3.5v3.5M16 13h.01',
	video: 'M3.5 7h11v10h-11zM14.5 10.8 20.5 8v8l-6-2.8',
	tick: 'm5 12.5 4.5 4.5L19 7.5',
	good: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.6',
	caution: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01',
	stop: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 9l6 6M15 9l-6 6',
	neutral: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.6h.01',
	brand: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.6h.01',
	close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
	left: 'M19 12H5.5M11 6l-6 6 6 6',
	right: 'M5 12h13.5M13 6l6 6-6 6',
	down: 'm6 9 6 6 6-6',
	menu: 'M4 7h16M4 12h16M4 17h16',
	search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20.5 20.5',
	print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
	share: 'M12 15V4M8 7.5 12 3.5l4 4M6 12v8h12v-8',
	heart: 'M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 15 12 20 12 20Z',
	badge: 'M12 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8.5 13.5 7 21l5-2.5 5 2.5-1.5-7.5',
	leave: 'M14 4h6v16h-6M4 12h11M11 8l4 4-4 4',
} as const;

export type IconName = keyof typeof icons;
