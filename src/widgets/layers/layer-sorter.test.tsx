import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { CardList } from './card-list.tsx';
import { HANDS } from './cards/hands.ts';
import { LayerMaps } from './layer-maps.tsx';
import { LayerSorter } from './layer-sorter.tsx';
import { OSI, TCP_IP } from './models.ts';

afterEach(cleanup);

const map = (name: RegExp) => within(screen.getByRole('list', { name }));
const osi = () => map(/^OSI/);
const tcpIp = () => map(/^TCP\/IP/);
const put = (where: ReturnType<typeof map>, place: string) =>
  fireEvent.click(where.getByRole('button', { name: new RegExp(`^${place}:`) }));
const hold = (card: string) => fireEvent.click(screen.getByRole('radio', { name: new RegExp(`^${card}( |$)`) }));
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const said = () => screen.getByRole('status').textContent ?? '';

describe('the sorter', () => {
  it('asks for the held card, and says what is still to be done', () => {
    render(<LayerSorter />);
    expect(said()).toBe('Where does TCP belong? Choose its place on each of the two maps.');
    expect(screen.queryByRole('button', { name: /^Next card/ })).toBeNull();
    put(osi(), '4 Transport');
    expect(said()).toContain('TCP on 4 Transport (OSI): fits.');
    expect(said()).toContain('Now its place on TCP/IP.');
    put(tcpIp(), 'Transport');
    expect(screen.getByRole('button', { name: 'Next card: Switch' })).toBeTruthy();
  });

  it('answers a wrong place with its own reason, and says where the card belongs', () => {
    render(<LayerSorter />);
    hold('WebSocket');
    put(tcpIp(), 'Transport');
    expect(said()).toContain('WebSocket on Transport (TCP/IP): does not fit.');
    expect(said()).toContain('it is “a layer on top of TCP”');
    expect(said()).toContain('On TCP/IP it fits on Application.');
    put(osi(), '6 Presentation');
    expect(said()).toContain('It tells text from bytes, and that is all.');
  });

  it('lets an argument stand, and lets other places be asked without counting them', () => {
    render(<LayerSorter />);
    hold('TLS');
    put(osi(), '6 Presentation');
    expect(said()).toContain('TLS on 6 Presentation (OSI): can be argued.');
    put(osi(), '7 Application');
    expect(said()).toContain('Your first place on this map counts. This one you only asked.');
    expect(osi().getByRole('list', { name: 'On Presentation' }).textContent).toContain('TLS can be argued');
    expect(osi().queryByRole('list', { name: 'On Application' })).toBeNull();
  });

  it('is walked by the arrow keys: each map is one stop of the Tab key', () => {
    render(<LayerSorter />);
    const buttons = osi().getAllByRole('button');
    const stops = () => buttons.filter(({ tabIndex }) => tabIndex === 0).map(({ dataset }) => dataset['place']);
    const key = (name: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
    expect(stops()).toEqual(['osi-7']);
    buttons[0]?.focus();
    key('ArrowDown');
    expect([document.activeElement?.getAttribute('data-place'), stops()]).toEqual(['osi-6', ['osi-6']]);
    key('End');
    key('ArrowDown');
    expect(document.activeElement?.getAttribute('data-place')).toBe('osi-1');
    key('Home');
    expect(document.activeElement?.getAttribute('data-place')).toBe('osi-7');
  });

  it('moves the focus to what has come: the next card, then the result', async () => {
    render(<LayerSorter />);
    for (const { name } of HANDS[0].cards) {
      await expect
        .poll(() => screen.getByRole('radio', { checked: true }).getAttribute('value'))
        .toBe(HANDS[0].cards.find((card) => card.name === name)?.id);
      put(osi(), '4 Transport');
      put(tcpIp(), 'Transport');
      press(/^(Next card|See how it went)/);
    }
    await expect.poll(() => document.activeElement?.textContent).toBe('20 places: 4 fit, 2 can be argued, 14 do not fit');
    press('Again with the 7 cards you missed');
    await expect.poll(() => document.activeElement?.getAttribute('value')).toBe('switch');
    expect(screen.getByText(/the ones you missed/)).toBeTruthy();
  });

  it('says what went well and what is worth a second look', async () => {
    render(<LayerSorter />);
    const places: Readonly<Record<string, readonly [string, string]>> = {
      TCP: ['4 Transport', 'Transport'],
      Switch: ['2 Data link', 'Link'],
      HTTP: ['7 Application', 'Application'],
      ARP: ['3 Network', 'Internet'],
      IP: ['3 Network', 'Internet'],
      WebSocket: ['4 Transport', 'Transport'],
      Router: ['3 Network', 'Internet'],
      TLS: ['5 Session', 'Application'],
      Ethernet: ['2 Data link', 'Link'],
      QUIC: ['4 Transport', 'Transport'],
    };
    for (const [card, [left, right]] of Object.entries(places)) {
      hold(card);
      put(osi(), left);
      put(tcpIp(), right);
    }
    press('See how it went');
    expect(screen.getByRole('heading', { level: 4 }).textContent).toBe('20 places: 15 fit, 3 can be argued, 2 do not fit');
    expect(screen.getByText(/^What went well/).parentElement?.textContent).toBe(
      'What went well: TCP, Switch, HTTP, ARP, IP, Router, TLS, Ethernet and QUIC.',
    );
    expect(screen.getByText('ARP, TLS and QUIC are among the hard ones.')).toBeTruthy();
    expect(screen.getByText('WebSocket on 4 Transport (OSI) and Transport (TCP/IP)')).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'Deal the second hand' }));
    expect(screen.getByText(/the second hand, 0 of 8 placed/)).toBeTruthy();
  });
});

describe('without a script', () => {
  it('every card is there with its places and all its reasons', () => {
    const { container } = render(<CardList />);
    const text = container.textContent ?? '';
    for (const { cards } of HANDS)
      for (const { name, reasons } of cards) {
        expect(text).toContain(name);
        for (const { why } of reasons) expect(text).toContain(why);
      }
    expect(text).toContain('can be argued OSI: 4 Transport; TCP/IP: Transport. By its name');
  });

  it('the maps are there as lists and as a table', () => {
    render(<LayerMaps />);
    const lists = screen.getAllByRole('list', { name: /layers of/ });
    expect(lists.map((list) => within(list).getAllByRole('listitem').length)).toEqual([OSI.length, TCP_IP.length]);
    const rows = screen.getAllByRole('row', { hidden: true }).map((row) => [...row.children].map((cell) => cell.textContent).slice(0, 3));
    expect(rows).toEqual([
      ['TCP/IP', 'covers of OSI', 'unit'],
      ['Application', '7, 6, some of 5', 'message (each protocol has its own word)'],
      ['Transport', 'some of 5, 4', 'segment (TCP), datagram (UDP)'],
      ['Internet', '3', 'datagram (end to end), packet (what a link carries of it)'],
      ['Link', '2, 1 by custom', 'frame'],
    ]);
  });
});
