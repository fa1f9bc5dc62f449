// SPDX-License-Identifier: MIT
/** What the studio says; names come from the show. */
const WORDS = {
  en: {
    order: 'Order', findings: 'Findings', take: 'Take away', text: 'Text', details: 'Details', programme: 'Programme',
    save: 'Save', saved: 'Saved', unsaved: 'Not saved yet', undo: 'Undo', redo: 'Redo', theme: 'Light or dark', help: 'Keys', close: 'Close',
    language: 'Language', planning: 'Planning…', proving: 'Proving…', holds: 'Holds', proven: 'Proven', cannotHold: 'Cannot hold', wrong: 'The text has faults',
    holdsLong: 'Every statement of the show holds together', provenLong: 'Everything holds, and nobody comes too near anybody, at every instant',
    scene: '3-D', both: 'Both', map: 'Map', edit: 'Edit on the map', overview: 'Overview', street: 'Street', look: 'Look from', stands: 'Look from a stand',
    play: 'Play', pause: 'Pause', previous: 'Previous cue', next: 'Next cue', speed: 'Speed', view: 'View', zoomIn: 'Shorter stretch of time', zoomOut: 'Longer stretch of time', fitAll: 'The whole show (twice: the whole day)',
    slack: 'slack', noSlack: 'no slack', critical: 'decides the length', over: 'too long by', under: 'shorter than wanted by', because: 'waits for',
    starts: 'Starts', ends: 'Ends', lasts: 'Lasts', from: 'from', to: 'to', at: 'at', fixed: 'held by the clock', follows: 'follows',
    people: 'People', movers: 'Movers', name: 'name',
    noFindings: 'Nothing to mend.', noFindingsLong: 'The show keeps its rules.', noOrder: 'Nobody marches or flies in this show yet.', addMarch: 'New march', addMarchLong: 'Along the road that is chosen on the map, or the first that has none', noRoad: 'Draw a road on the map first: a march goes along it.',
    newMarch: 'new march', startLine: 'start line', endLine: 'end line', marchPast: 'march-past',
    noItems: 'The programme is empty.', noTimes: 'There are no times while statements exclude each other: see the findings.', lastTimes: 'The bars stand where they last held.', noEarlier: 'Begins no earlier than', noLater: 'Ends no later than', noSelection: 'Choose an item, a contingent or a place, and its figures stand here.',
    apply: 'Apply', applyLong: 'Make this change in the text', goTo: 'Show', shortBy: 'short by', conflict: 'These cannot all hold', movement: 'movement',
    oneIsEnough: 'One of these is enough', ring: 'These wait for each other in a ring', drag: 'Drag, or Alt with the arrow keys, to change the order',
    moveUp: 'Earlier', moveDown: 'Later', addItem: 'Add item', addContingent: 'Add contingent', whichKind: 'Who or what is added?', likeLast: 'Like', noKinds: 'The catalogues cannot be read.', noneFound: 'Nothing of that name.', size: 'Width × depth, m', remove: 'Remove', newItem: 'new item', newContingent: 'new contingent', spacedOut: '{name} comes {amount} behind, as its own line says: closer cannot hold.',
    addCorner: 'One more corner here', newStation: 'new station', newStand: 'new stand', addStation: 'Station', addStand: 'Stand', addHint: 'Click on the map to set it', snapped: 'on',
    changedTitle: 'The file was changed meanwhile', changedText: 'Another program, or another window, has saved this show since it was opened here. What you have written is not saved.',
    theirs: 'Take the other version', mine: 'Save mine over it', later: 'Decide later', reloaded: 'The file was changed outside; its new text was taken over.',
    lost: 'The studio has stopped', lostText: 'The program that serves this page does not answer. What you have written stays here; start it again and open its new address.',
    noToken: 'This page was opened without its token', noTokenText: 'Open the whole address that the program prints, with what follows the #. Without it the show can be looked at, but not changed.',
    loading: 'Opening the show…', planNone: 'No picture yet', planNoneText: 'When the text has no faults, the show stands here.',
    no3d: 'This browser cannot draw in 3-D (WebGL 2 is missing or switched off).', runSheet: 'Run sheet', cards: 'Contingent cards', safety: 'Safety report', press: 'Press report', playback: 'Playback, one page to mail', data: 'Plan file (SQLite)', pictures: 'Pictures',
    open: 'Open', download: 'Download', takeNone: 'When the programme holds, the run sheet and its neighbours can be had here.', addKey: 'Add', key: 'key', value: 'value',
    line: 'line', error: 'error', warning: 'warning', note: 'note', timeline: 'Programme as bars; the left and right arrow keys move the chosen item by a minute',
    filter: 'Find…', search: 'Search in the text', newer: 'no longer what is saved', stale: 'The picture is of the last version that holds.',
    distance: 'Time–distance', distanceLong: 'Time–distance diagram: each contingent on its way along the route', route: 'Route', crowd: 'Spectators', spectators: 'Spectators',
    peopleShare: 'How many', variant: 'Variant', base: 'Base', simulate: 'Simulate', openKept: 'Open what is simulated already', openKeptLong: 'The run of this text that “defilada crowd” or “defilada run” has left', simulating: 'Simulating', stop: 'Stop', runShown: 'Shown', compareWith: 'Beside it', onTheMap: 'in the picture', colouredBy: 'Coloured by',
    density: 'Density', levelOfService: 'Level of service', levelKey: 'Fruin’s levels for walkways: A free, F stop and go', densityKey: 'people per m²',
    noSpectators: 'This show says nothing of spectators.', noSpectatorsLong: 'A section “spectators” with stops, gates, exits and zones lets them be simulated here.',
    noRun: 'Simulate how they come, are searched, take their places and leave; a small share first shows where it gets tight.',
    coming: 'Coming', leaving: 'Leaving', seatedInTime: 'In time at their places', lastSeated: 'Last one at a place', longestWait: 'Longest wait at a gate', longestQueue: 'Longest queue', lanes: 'Lanes', needed: 'needed',
    densest: 'Densest', out: 'Out', clearance: 'Last one out after', clearance95: '95 % out after', inside: 'on the ground', atPlaces: 'at their places', peopleCurve: 'People', queues: 'Queues at the gates', throughExits: 'Out through the exits',
    ofAShare: 'A share was simulated, with gates and exits narrowed alike: times hold, counts are of the share, and the picture’s densities are those of all.', thisText: 'this text', earlierText: 'an earlier text',
    formation: 'Formation', part: 'Part', fromAbove: 'from above', figureFrom: 'seen from', bestStand: 'the stand it is for', figureUnseen: 'From there it cannot be taken in, or the show has no time for it yet:', files: 'Files', ranks: 'Ranks', interval: 'Interval', distanceKey: 'Distance',
    leaders: 'Leaders', countKey: 'How many', abreast: 'Abreast', spacing: 'Spacing', slots: 'Slots', figureText: 'Text',
    addRoute: 'Route', addArea: 'Area', newRoute: 'new route', newArea: 'new area', firstCorner: 'the first corner', drawHint: 'Click corner by corner; Enter or a second click ends it, Backspace takes one back, Alt: freely',
    autosave: 'Save as I go; a file that was changed outside is asked about first', savesItself: 'It is saved by itself when the hand rests', saving: 'Saving…',
    width: 'Drag to make it wider', textOnly: 'Text editor of the show file', more: 'and {n} more',
  },
  pl: {
    order: 'Kolejność', findings: 'Uwagi', take: 'Pliki', text: 'Tekst', details: 'Szczegóły', programme: 'Program',
    save: 'Zapisz', saved: 'Zapisane', unsaved: 'Jeszcze niezapisane', undo: 'Cofnij', redo: 'Ponów', theme: 'Jasny lub ciemny', help: 'Klawisze', close: 'Zamknij',
    language: 'Język', planning: 'Planowanie…', proving: 'Dowodzenie…', holds: 'Wykonalne', proven: 'Dowiedzione', cannotHold: 'Niewykonalne', wrong: 'Tekst ma błędy',
    holdsLong: 'Wszystkie zdania widowiska dają się pogodzić', provenLong: 'Wszystko jest wykonalne i nikt nie podchodzi do nikogo za blisko, w żadnej chwili',
    scene: '3-D', both: 'Oba', map: 'Mapa', edit: 'Edycja na mapie', overview: 'Całość', street: 'Ulica', look: 'Patrz z', stands: 'Patrz z trybuny',
    play: 'Odtwarzaj', pause: 'Wstrzymaj', previous: 'Poprzednia chwila', next: 'Następna chwila', speed: 'Prędkość', view: 'Widok', zoomIn: 'Krótszy odcinek czasu', zoomOut: 'Dłuższy odcinek czasu', fitAll: 'Całe widowisko (dwa razy: cały dzień)',
    slack: 'zapas', noSlack: 'bez zapasu', critical: 'decyduje o długości', over: 'za długo o', under: 'krócej niż chciano o', because: 'czeka na',
    starts: 'Początek', ends: 'Koniec', lasts: 'Trwa', from: 'od', to: 'do', at: 'o', fixed: 'trzymane zegarem', follows: 'następuje po',
    people: 'Ludzie', movers: 'W ruchu', name: 'nazwa',
    noFindings: 'Nie ma czego poprawiać.', noFindingsLong: 'Widowisko trzyma się swoich reguł.', noOrder: 'Nikt w tym widowisku jeszcze nie maszeruje ani nie leci.', addMarch: 'Nowy przemarsz', addMarchLong: 'Drogą wybraną na mapie albo pierwszą, która jeszcze żadnego nie ma', noRoad: 'Najpierw narysuj na mapie drogę: nią pójdzie przemarsz.',
    newMarch: 'nowy przemarsz', startLine: 'linia startu', endLine: 'linia końca', marchPast: 'przejście defilady',
    noItems: 'Program jest pusty.', noTimes: 'Nie ma godzin, dopóki zdania się wykluczają: zobacz uwagi.', lastTimes: 'Paski stoją tam, gdzie ostatnio było to wykonalne.', noEarlier: 'Początek nie wcześniej niż', noLater: 'Koniec nie później niż', noSelection: 'Wybierz punkt programu, kolumnę lub miejsce, a tu pojawią się jego dane.',
    apply: 'Zastosuj', applyLong: 'Wprowadź tę zmianę w tekście', goTo: 'Pokaż', shortBy: 'brakuje', conflict: 'Tych zdań nie da się pogodzić', movement: 'ruch',
    oneIsEnough: 'Wystarczy jedna z tych zmian', ring: 'Te zdania czekają na siebie w kółko', drag: 'Przeciągnij lub użyj Alt ze strzałkami, aby zmienić kolejność',
    moveUp: 'Wcześniej', moveDown: 'Później', addItem: 'Dodaj punkt', addContingent: 'Dodaj kolumnę', whichKind: 'Kto lub co ma dojść?', likeLast: 'Jak', noKinds: 'Katalogów nie da się przeczytać.', noneFound: 'Nic o tej nazwie.', size: 'Szerokość × głębokość, m', remove: 'Usuń', newItem: 'nowy punkt', newContingent: 'nowa kolumna', spacedOut: '{name} rusza w odstępie {amount}, jak mówi jego własny wiersz: bliżej się nie da.',
    addCorner: 'Jeszcze jeden narożnik tutaj', newStation: 'nowy punkt trasy', newStand: 'nowa trybuna', addStation: 'Punkt trasy', addStand: 'Trybuna', addHint: 'Kliknij na mapie, aby ustawić', snapped: 'na',
    changedTitle: 'Plik zmienił się w międzyczasie', changedText: 'Inny program lub inne okno zapisało to widowisko po otwarciu go tutaj. To, co zostało napisane tutaj, nie jest zapisane.',
    theirs: 'Weź tamtą wersję', mine: 'Zapisz moją w jej miejsce', later: 'Zdecyduj później', reloaded: 'Plik zmieniono na zewnątrz; przejęto jego nowy tekst.',
    lost: 'Studio zakończyło pracę', lostText: 'Program, który udostępnia tę stronę, nie odpowiada. Napisany tekst tu zostaje; uruchom program znów i otwórz jego nowy adres.',
    noToken: 'Tę stronę otwarto bez tokenu', noTokenText: 'Otwórz cały adres, który podaje program, razem z tym, co następuje po #. Bez tego widowisko można oglądać, ale nie zmieniać.',
    loading: 'Otwieranie widowiska…', planNone: 'Jeszcze nie ma obrazu', planNoneText: 'Gdy tekst nie będzie miał błędów, widowisko stanie tutaj.',
    no3d: 'Ta przeglądarka nie rysuje w 3-D (brak WebGL 2 lub jest wyłączony).', runSheet: 'Scenariusz minutowy', cards: 'Karty kolumn', safety: 'Raport bezpieczeństwa', press: 'Nota prasowa', playback: 'Odtwarzanie, jedna strona do wysłania', data: 'Plik planu (SQLite)', pictures: 'Rysunki',
    open: 'Otwórz', download: 'Pobierz', takeNone: 'Gdy program będzie wykonalny, tu znajdzie się scenariusz minutowy i inne pliki.', addKey: 'Dodaj', key: 'klucz', value: 'wartość',
    line: 'wiersz', error: 'błąd', warning: 'ostrzeżenie', note: 'uwaga', timeline: 'Program jako paski; strzałki w lewo i w prawo przesuwają wybrany punkt o minutę',
    filter: 'Szukaj…', search: 'Szukaj w tekście', newer: 'to już nie jest to, co zapisano', stale: 'Obraz pokazuje ostatnią wersję, która jest wykonalna.',
    distance: 'Czas i droga', distanceLong: 'Wykres czasu i drogi: każda kolumna na swojej trasie', route: 'Trasa', crowd: 'Widzowie', spectators: 'Widzowie',
    peopleShare: 'Ilu', variant: 'Wariant', base: 'Podstawowy', simulate: 'Symuluj', openKept: 'Otwórz gotową symulację', openKeptLong: 'Przebieg tego tekstu, który zostawiło „defilada crowd” lub „defilada run”', simulating: 'Symulacja', stop: 'Przerwij', runShown: 'Pokazywana', compareWith: 'Obok niej', onTheMap: 'na obrazie', colouredBy: 'Kolory według',
    density: 'Zagęszczenie', levelOfService: 'Poziom swobody ruchu', levelKey: 'Poziomy Fruina dla ciągów pieszych: A swobodnie, F z zatrzymaniami', densityKey: 'osób na m²',
    noSpectators: 'To widowisko nie mówi nic o widzach.', noSpectatorsLong: 'Rozdział „spectators” z przystankami, bramkami, wyjściami i strefami pozwala ich tu symulować.',
    noRun: 'Symulacja pokazuje, jak przychodzą, przechodzą kontrolę, zajmują miejsca i wychodzą; już mała część pokaże, gdzie robi się ciasno.',
    coming: 'Wejście', leaving: 'Wyjście', seatedInTime: 'Na czas na miejscach', lastSeated: 'Ostatni na miejscu', longestWait: 'Najdłuższe czekanie przy bramce', longestQueue: 'Najdłuższa kolejka', lanes: 'Stanowiska', needed: 'potrzeba',
    densest: 'Najgęściej', out: 'Wyszło', clearance: 'Ostatni wyszedł po', clearance95: '95 % wyszło po', inside: 'na terenie', atPlaces: 'na miejscach', peopleCurve: 'Ludzie', queues: 'Kolejki przy bramkach', throughExits: 'Wyszli wyjściami',
    ofAShare: 'Symulowano część widzów, przy tak samo zwężonych bramkach i wyjściach: czasy są prawdziwe, liczby dotyczą tej części, a zagęszczenia na obrazie dotyczą wszystkich.', thisText: 'ten tekst', earlierText: 'wcześniejszy tekst',
    formation: 'Szyk', part: 'Część', fromAbove: 'z góry', figureFrom: 'widziana z', bestStand: 'trybuny, dla której jest', figureUnseen: 'Stamtąd nie da się jej objąć wzrokiem, albo widowisko nie ma jeszcze na nią godziny:', files: 'Kolumny', ranks: 'Szeregi', interval: 'Odstęp', distanceKey: 'Odległość',
    leaders: 'Dowódcy', countKey: 'Ile', abreast: 'Obok siebie', spacing: 'Rozstaw', slots: 'Miejsca', figureText: 'Napis',
    addRoute: 'Trasa', addArea: 'Obszar', newRoute: 'nowa trasa', newArea: 'nowy obszar', firstCorner: 'pierwszy narożnik', drawHint: 'Klikaj narożnik po narożniku; Enter lub drugie kliknięcie kończy, Backspace cofa, Alt: swobodnie',
    autosave: 'Zapisuj na bieżąco; o plik zmieniony na zewnątrz najpierw pytaj', savesItself: 'Zapisze się samo, gdy ręka odpocznie', saving: 'Zapisywanie…',
    width: 'Przeciągnij, aby poszerzyć', textOnly: 'Edytor tekstu pliku widowiska', more: 'i jeszcze {n}',
  },
} as const;

export type Word = keyof (typeof WORDS)['en'];
export type Language = keyof typeof WORDS;

export function say(language: Language, word: Word): string {
  return WORDS[language][word];
}

/** The show's own name for something. */
export function named(text: Record<string, string> | undefined, language: string, name: string): string {
  return text?.[language] ?? text?.['en'] ?? capital(name);
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const KEYS: { keys: string; en: string; pl: string }[] = [
  { keys: 'Ctrl+S', en: 'save at once', pl: 'zapisz od razu' },
  { keys: 'Ctrl+Z, Ctrl+Shift+Z', en: 'undo, redo (of everything)', pl: 'cofnij, ponów (wszystko)' },
  { keys: 'Space', en: 'play, pause', pl: 'odtwarzaj, wstrzymaj' },
  { keys: '← →', en: '5 seconds back, on (Shift: a minute); on a chosen bar: move it', pl: '5 sekund wstecz, naprzód (Shift: minuta); na wybranym pasku: przesuń go' },
  { keys: 'Tab, ← →', en: 'from a chosen bar: its brackets, no earlier and no later than (Delete: let go)', pl: 'od wybranego paska: jego klamry, nie wcześniej i nie później niż (Delete: usuń)' },
  { keys: 'Alt+↑, Alt+↓', en: 'move the chosen contingent in its order', pl: 'przesuń wybraną kolumnę w kolejności' },
  { keys: ', .', en: 'previous, next cue', pl: 'poprzednia, następna chwila' },
  { keys: '1 2 3', en: '3-D, both, map', pl: '3-D, oba, mapa' },
  { keys: 'O P V', en: 'overview, street level, next stand', pl: 'całość, z poziomu ulicy, następna trybuna' },
  { keys: 'G F', en: 'fly to the chosen contingent, follow it', pl: 'leć do wybranej kolumny, podążaj za nią' },
  { keys: 'M', en: 'edit on the map', pl: 'edycja na mapie' },
  { keys: 'E', en: 'write in the text', pl: 'pisz w tekście' },
  { keys: 'T L', en: 'light or dark, language', pl: 'jasny lub ciemny, język' },
  { keys: 'F6', en: 'next part of the page', pl: 'następna część strony' },
  { keys: 'Esc', en: 'let go; leave the text', pl: 'zostaw; wyjdź z tekstu' },
  { keys: '?', en: 'these keys', pl: 'te klawisze' },
];
