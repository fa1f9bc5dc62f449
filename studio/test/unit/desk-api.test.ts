// SPDX-License-Identifier: MIT
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM, ROOT, scratch } from '../program';

/**
 * Holds what the server says and desk/api.ts together: every value that a running studio sends is checked against the
 * declared type, in both directions. A key that is sent and not declared, or declared and not sent, is a fault.
 */
class Types {
  private readonly declared = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();

  constructor(file: string) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    source.forEachChild((node) => {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) this.declared.set(node.name.text, node);
    });
  }

  /** Faults of a value that should be of a declared type. */
  of(value: unknown, name: string): string[] {
    const found = this.declared.get(name);
    if (found === undefined) return [`${name} is not declared`];
    return ts.isInterfaceDeclaration(found) ? this.object(value, this.members(found), name) : this.check(value, found.type, name);
  }

  private members(of: ts.InterfaceDeclaration): ts.PropertySignature[] {
    const inherited = (of.heritageClauses ?? []).flatMap((clause) => clause.types).flatMap((type) => {
      const base = this.declared.get(type.expression.getText());
      return base !== undefined && ts.isInterfaceDeclaration(base) ? this.members(base) : [];
    });
    return [...inherited, ...of.members.filter(ts.isPropertySignature)];
  }

  private object(value: unknown, members: ts.PropertySignature[], where: string): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where}: ${JSON.stringify(value)?.slice(0, 60)} is no object`];
    const known = new Map(members.map((member) => [member.name.getText().replace(/'/g, ''), member]));
    const faults = Object.keys(value).filter((key) => !known.has(key)).map((key) => `${where}.${key} is not declared`);
    for (const [key, member] of known) {
      const one = (value as Record<string, unknown>)[key];
      if (one === undefined) {
        if (member.questionToken === undefined) faults.push(`${where}.${key} is not sent`);
      } else if (member.type !== undefined) {
        faults.push(...this.check(one, member.type, `${where}.${key}`));
      }
    }
    return faults;
  }

  private check(value: unknown, type: ts.TypeNode, where: string): string[] {
    const not = (what: string): string[] => [`${where}: ${JSON.stringify(value)?.slice(0, 60)} is no ${what}`];
    if (ts.isUnionTypeNode(type)) {
      const all = type.types.map((each) => this.check(value, each, where));
      return all.some((faults) => faults.length === 0) ? [] : all.reduce((a, b) => (value !== null && b.length > 0 && (a.length === 0 || b.length > a.length) ? b : a));
    }
    if (ts.isArrayTypeNode(type)) {
      return Array.isArray(value) ? value.flatMap((each, i) => this.check(each, type.elementType, `${where}[${i}]`)) : not('list');
    }
    if (ts.isTupleTypeNode(type)) {
      return Array.isArray(value) && value.length === type.elements.length
        ? value.flatMap((each, i) => this.check(each, type.elements[i]!, `${where}[${i}]`)) : not(type.getText());
    }
    if (ts.isTypeLiteralNode(type)) return this.object(value, type.members.filter(ts.isPropertySignature), where);
    if (ts.isLiteralTypeNode(type)) return JSON.stringify(value) === type.getText().replace(/'/g, '"') ? [] : not(type.getText());
    if (ts.isIndexedAccessTypeNode(type)) return typeof value === 'string' ? [] : not('string');
    if (ts.isTypeReferenceNode(type)) {
      const name = type.typeName.getText();
      if (name !== 'Record') return this.of(value, name).map((fault) => fault.replace(new RegExp(`^${name}`), where));
      return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => this.check(each, type.typeArguments![1]!, `${where}.${key}`)) : not('record');
    }
    const word = { [ts.SyntaxKind.StringKeyword]: 'string', [ts.SyntaxKind.NumberKeyword]: 'number', [ts.SyntaxKind.BooleanKeyword]: 'boolean' }[type.kind as number];
    if (word === undefined) return [`${where}: this test does not know ${type.getText()}`];
    return typeof value === word ? [] : not(word);
  }
}

const types = new Types(join(import.meta.dirname, '../../desk/api.ts'));

/** A studio of a copy of a show. */
class Running {
  private constructor(private readonly process: ChildProcess, private readonly origin: string, private readonly token: string) {}

  static async of(show: string): Promise<Running> {
    const folder = join(scratch(), 'show');
    mkdirSync(folder);
    cpSync(join(ROOT, show), join(folder, 'show.yaml'));
    const process = spawn(PROGRAM, ['studio', folder, '--no-browser', '--quiet'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await new Promise<string>((resolve, reject) => {
      process.stdout!.on('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      process.on('exit', () => reject(new Error('the studio has ended')));
    });
    const url = new URL(address);
    return new Running(process, url.origin, url.hash.slice(1));
  }
  async get(path: string): Promise<unknown> {
    return (await fetch(this.origin + path)).json();
  }
  async post(path: string, body: string): Promise<unknown> {
    return (await fetch(this.origin + path, { method: 'POST', body, headers: { 'X-Defilada-Token': this.token } })).json();
  }
  /** Events of a name, until one is the last. */
  async events(name: string, last: (said: Record<string, unknown>) => boolean, meanwhile: () => Promise<unknown>): Promise<unknown[]> {
    const response = await fetch(`${this.origin}/api/events`);
    const reader = response.body!.getReader();
    await meanwhile();
    const all: unknown[] = [];
    for (let text = ''; ;) {
      text += new TextDecoder().decode((await reader.read()).value);
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = text.slice(0, end);
        text = text.slice(end + 2);
        if (!event.includes(`event: ${name}\n`)) continue;
        const said = JSON.parse(event.slice(event.indexOf('data: ') + 6)) as Record<string, unknown>;
        all.push(said);
        if (last(said)) {
          await reader.cancel();
          return all;
        }
      }
    }
  }
  stop(): void {
    this.process.kill('SIGINT');
  }
}

/** As the page has it: what says which parts are unchanged is taken out on arrival. */
function plan(value: unknown): unknown {
  const { unchanged, ...rest } = value as Record<string, unknown>;
  expect(Array.isArray(unchanged)).toBe(true);
  return rest;
}

describe('what the server says is what the page expects', () => {
  let square: Running;
  beforeAll(async () => {
    square = await Running.of('tests/shows/square.yaml');
  });
  afterAll(() => square?.stop());

  it('of plans that hold, cannot hold, and are wrong', async () => {
    for (const show of ['tests/shows/square.yaml', 'shows/first-steps/show.yaml', 'tests/shows/parade.yaml', 'tests/shows/infeasible.yaml', 'tests/shows/breaks-a-rule.yaml', 'tests/shows/flypast.yaml', 'tests/shows/guests.yaml']) {
      const text = readFileSync(join(ROOT, show), 'utf8');
      const whole = plan(await square.post('/api/plan?proof=1', text)) as { state: string };
      expect(whole.state, show).not.toBe('wrong');
      expect(types.of(whole, 'Plan'), show).toEqual([]);
    }
    const wrong = plan(await square.post('/api/plan', 'defilada: 1\ntitle: x\ncolour: red\n'));
    expect(wrong).toMatchObject({ state: 'wrong' });
    expect(types.of(wrong, 'Plan')).toEqual([]);
  });

  it('of the session, what can be taken away, and the spectators', async () => {
    const { format, ...session } = (await square.get('/api/session')) as Record<string, unknown>;
    expect(format).toBe('defilada-session/1');
    expect(types.of(session, 'Session')).toEqual([]);
    for (const each of (await square.get('/api/downloads')) as unknown[]) expect(types.of(each, 'Takeable')).toEqual([]);
    const text = readFileSync(join(ROOT, 'tests/shows/square.yaml'), 'utf8');
    let line: unknown;
    const told = await square.events('crowd', (said) => said['state'] !== 'running', async () => {
      line = await square.post('/api/crowd?share=0.5', text);
    });
    expect(types.of(line, 'CrowdLine')).toEqual([]);
    expect(told.flatMap((each) => types.of(each, 'CrowdProgress'))).toEqual([]);
    expect(types.of(await square.get('/api/crowd?run=1'), 'CrowdResult')).toEqual([]);
  });

  it('and the test itself sees what is missing, what is new, and what is of another kind', () => {
    const item = { file: 'a', line: 1, column: 1, start: 0, end: 1 };
    expect(types.of(item, 'Place')).toEqual([]);
    expect(types.of({ ...item, more: 1 }, 'Place')).toEqual(['Place.more is not declared']);
    expect(types.of({ ...item, line: '1' }, 'Place')).toHaveLength(1);
    expect(types.of({ file: 'a', line: 1, column: 1, start: 0 }, 'Place')).toEqual(['Place.end is not sent']);
  });
});
