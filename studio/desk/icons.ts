// SPDX-License-Identifier: MIT
/** Paths of 24 x 24, filled. */
export const ICONS: Record<string, string> = {
  undo: 'M9 5 3.5 10.5 9 16v-3.8h5a3.4 3.4 0 0 1 0 6.8H8v2h6a5.4 5.4 0 0 0 0-10.8H9z',
  redo: 'm15 5 5.500 5.500L15 16v-3.8h-5a3.4 3.4 0 0 0 0 6.8h6v2h-6a5.400 5.400 0 0 1 0-10.8h5z',
  left: 'M3 5h18v14H3zm2 2v10h4V7zm6 0v10h8V7z',
  right: 'M3 5h18v14H3zm2 2v10h8V7zm10 0v10h4V7z',
  theme: 'M12 3a9 9 0 1 0 0 18V3z',
  help: 'M3 6h18v12H3zM5 8v2h2V8zm4 0v2h2V8zm4 0v2h2V8zm4 0v2h2V8zM5 12v2h2v-2zm12 0v2h2v-2zM9 12v2h6v-2z',
  play: 'M7 4.5v15l12-7.500z', pause: 'M7 4.500h3.600v15H7zM13.400 4.500H17v15h-3.600z',
  previous: 'M6 5h2.400v14H6zM19 5v14l-9.500-7z', next: 'M15.600 5H18v14h-2.400zM5 5v14l9.500-7z',
  grip: 'M9 5h2v2H9zm4 0h2v2h-2zM9 9h2v2H9zm4 0h2v2h-2zM9 13h2v2H9zm4 0h2v2h-2zM9 17h2v2H9zm4 0h2v2h-2z',
  up: 'm12 7 7 7-1.400 1.400L12 9.800l-5.600 5.600L5 14z', down: 'm12 17 7-7-1.400-1.400L12 14.200 6.400 8.600 5 10z',
  plus: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z', minus: 'M5 11h14v2H5z', fit: 'M4 5h2v14H4zm14 0h2v14h-2zM8 11h8v2H8z',
  close: 'M6.400 5 12 10.600 17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400z',
  get: 'M11 4h2v8.200l3.300-3.300 1.400 1.400L12 16l-5.700-5.700 1.400-1.400 3.300 3.300zM5 18h14v2H5z',
  pencil: 'M4 16.500V20h3.500L18 9.500 14.500 6zM19 8.500 15.500 5l1.700-1.700 3.500 3.500z',
};
