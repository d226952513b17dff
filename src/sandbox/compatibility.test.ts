import { describe, expect, test } from 'vitest'
import { findIncompatibilities } from './compatibility.ts'
import { pageScript } from './fixtures/script-job.ts'

describe('reports with its line', () => {
  test.each([
    ['\nlet x = 1', 2, 'let'],
    ['for (var a of list) {}', 1, 'for'],
    ['for (var [a, b] of list) {}', 1, 'for'],
    ['for (const i = 0; ;) {}', 1, 'const'],
    ['const top = 1', 1, 'outside functions'],
    ['if (a) { const inBlock = 1 }', 1, 'outside functions'],
    ['var o = { a, b: 1 }', 1, 'shorthand'],
    ['f({ a: 1, b })', 1, 'shorthand'],
    ['var { a } = o', 1, 'destructuring'],
    ['var { a: x, b } = o', 1, 'destructuring'],
    ['var [a = 1] = o', 1, 'destructuring'],
    ['function f(a, b = 1) {}', 1, 'default'],
    ['var f = (a = 1) => a', 1, 'default'],
    ['class A {}', 1, 'class'],
    ['f(...list)', 1, 'spread'],
    ['a?.b', 1, 'chaining'],
    ['a ?? b', 1, '??'],
    ['async function f() {}', 1, 'async'],
    ['try { } catch { }', 1, 'catch'],
    [`\`a\${ new Map() }\``, 1, 'Map'],
    ['\n\nPromise.resolve()', 3, 'Promise'],
    ['atob(text)', 1, 'atob'],
    ['new Uint8Array(2)', 1, 'Uint8Array'],
    ['Object.entries(o)', 1, 'Object.entries'],
    ['text.matchAll(/a/g)', 1, 'matchAll'],
    ['list.at(-1)', 1, 'at'],
    ['[3, 1].toSorted()', 1, 'toSorted'],
    ["'a-b'.replaceAll('-', '')", 1, 'replaceAll'],
    ['text.replaceAll(/-/g, "")', 1, 'replaceAll'],
    ['function* f() { yield 1 }', 1, 'generators'],
    ['2 ** 3', 1, '**'],
    ['a **= 3', 1, '**'],
    ['a ||= 1', 1, '||='],
    ['var n = 0b11', 1, '0b11'],
    ['var n = 10n', 1, '10n'],
    ['/^\\p{L}+$/u.test(name)', 1, 'flags'],
    ['/(?<=a)b/.test(name)', 1, 'lookbehind'],
    ['/(?<year>[0-9]+)/.exec(text)', 1, 'named groups'],
    ['f(async () => 1)', 1, 'async'],
    ['if (sharedState.get("method") === "sms") { a() }', 1, 'Java object'],
    ['x = "phone" !== requestHeaders.get("x-device").get(0)', 1, 'Java object'],
    ['function f() {\n switch (transientState.get("a")) { case "b": c() } }', 2, 'Java object'],
    ['var text = "level-" + realm\nif (text === "level-a") { b() }', 2, 'concatenation'],
    [`var text = "a" + b; function f() { switch (text) { case 'ab': c() } }`, 1, 'concatenation'],
    ['var text = a.b + "c"; ["ac"].indexOf(text)', 1, 'concatenation'],
    [`var text = \`level-\${realm}\`; text === 'level-a'`, 1, 'concatenation'],
    ["var text = ''\nfor (var i = 0; i < 3; i++) text += i\nif (text === '012') a()", 3, 'concatenation'],
    ['function f() {\n var m = sharedState.get("m")\n return m === "sms" }', 3, 'Java object'],
    ['if (x) { var text = a + "b" }\ntext.replace("a", "b")', 2, 'concatenation'],
    ['var Map = java.util.HashMap\nvar m = new Map()', 2, 'class of Java'],
    ['var S = java.lang.String; function f() { return S.valueOf(1) }', 1, 'class of Java'],
    ['f(async a => 1)', 1, 'async'],
    ['var o = { [key]: 1 }', 1, 'computed key'],
    ['function F() { return new.target }', 1, 'new.target'],
    ['if (typeof sharedState.get("n") === "string") { a() }', 1, 'typeof'],
    ['function f(value) { return value === "sms" } f(sharedState.get("method"))', 1, 'Java object'],
    [
      'function f() { return sharedState.get("mail").toLowerCase() }\nvar isStaff = f() === "a"',
      2,
      'Java object',
    ],
    ['var blocked = ["a"]; blocked.indexOf(sharedState.get("mail"))', 1, 'never match'],
    ['sharedState.put("k", false)\nif (sharedState.get("k")) { a() }', 2, 'counts as true'],
    ['if (!java.lang.Boolean.valueOf("false")) { a() }', 1, 'counts as true'],
    ['sharedState.get("roles").map(function (role) { return role })', 1, '`map`'],
    ['var l = new java.util.ArrayList(); l.includes("a")', 1, '`includes`'],
    ['sharedState.get("mail").replace(/@.*/, "")', 1, 'regular expression'],
    ['function f() { var mail = sharedState.get("mail"); return mail.charAt(0) }', 1, 'number'],
    ['var address = sharedState.get("address"); a(address.city)', 1, '`city`'],
    [
      'var text = "a" + b; sharedState.put("k", text)\nif (sharedState.get("k").equals("ab")) { c() }',
      2,
      'concatenation',
    ],
    ['var n = 0; for (var i in "123") n++', 1, 'finds nothing'],
    ['"abc".contains("b")', 1, '`contains`'],
    ['function f() { for (;;) { const each = 1 } }', 1, 'first value'],
    ['function f() { const a = 1; a = 2 }', 1, 'ignored'],
    ['/[ -ÿ]/i.test(name)', 1, 'range'],
    ['new RegExp("(?<=a)b")', 1, 'lookbehind'],
    ['uneval({})', 1, 'not available'],
    ['function f(a, b,) {}', 1, 'last parameter'],
  ])('%j', async (source, line, word) => {
    expect(await findIncompatibilities(source)).toEqual([{ line, message: expect.stringContaining(word) }])
  })
})

test.each([
  '// let x = 1; class A {}',
  '/* for (var a of b) {} */ var x = "let y = 1; a?.b"',
  "var s = 'it\\'s a class'; var r = /let x = [/]...|\\/\\/ ?? /g",
  `var s = \`let x = 1 \${ a + "class B" } ... ?.\``,
  'a ? .5 : 1',
  'o.class = o.let; o = { class: 1, Map: 2, "let": 3 }; o.Map',
  'var f = (a, b) => a + b; function g() { const c = 1; return c }',
  'for (var i = 0; i < 3; i++) { list.push(i) } for each (var x in y) {}',
  'if (a) { b } switch (x) { case 1: y; break } label: { z }',
  'var o = { a: b, c: d }; f(a, b); x = [a, b]',
  'var f = function (a) { x = 1 }; while ((m = re.exec(s)) !== null) {}',
  'x = a / b / c; y = (a) / 2; z = list[0] / 3 // let',
  'var Map = function () {}; new Map()',
  'sharedState.get("a").replaceAll("-", "")',
  'var id = java.util.UUID.randomUUID(); id.toString(); function f() { var M = java.util.HashMap; return new M() } var max = java.lang.Long.MAX_VALUE; var fr = JavaImporter(java.util); new fr.HashMap()',
  'var [a, b] = list; var { a: x, b: { c: y } } = o; var [, z] = list; typeof globalThis',
  'var f = function () { if (a) { const c = 1 } }; var o = { m() { const d = 1 } }; list.map(() => { const e = 1 })',
  'x = a * b; y = [1, [2][0]]; o = { a: [1] }; list[0]; /\\(?<b/i; o.values(); o.entries(a); at(1); o.flat',
  'if (sharedState.get("a") === null || null !== sharedState.get("b") || sharedState.get("c").equals("d")) { e() }',
  'if (sharedState.get("a") == "b" || sharedState.get("n") + 1 === 2 || f(sharedState.get("c")) === "d") { e() }',
  'var text = "a" + b; log(text); text.concat("c"); if (text == "ab") { d() } x = { text: 1 }; o.text === "a"',
  'var m = sharedState.get("m"); if (m === "sms" && typeof sharedState.get("n") !== "undefined") { a() }',
  'function f() { var n = sharedState.get("n") + ""; var o = sharedState.get("o").size(); return n === "5" || o === 5 }',
  'var sum = 1 + n; if (sum === 2) { a() } var text = "a" + "b"; text === "ab"; var t = String("a" + b); t === "ab"',
  'function f() { var text = "a" + b; return text === "ab" || text.replace("a", "b") }',
  'var text = c ? "a" : b + 1\nvar other = "a"\n+b\nif (x) text = "b"',
  'try { a() } catch (e) { b() } if (x === 1 || y) { z = 2 }',
  'var m = sharedState.get("m"); if (!m || !sharedState.get("n")) { a() } var o = sharedState.get("o") || "none"',
  'function f(a) { return a === "b" } f(sharedState.get("c")); f("b")',
  'var roles = sharedState.get("roles"); for (var i = 0; i < roles.length; i++) { a(roles[i] + "") }',
  '/[a-zà-ÿ\\w]/i.test(a); /[\\u00c0-\\u017f]/i.test(a); x.map(y); JSON.parse(sharedState.get("a")).city',
  'boolean isGroovy = profile.name.isNull() || !profile.name.asString()?.trim()',
])('accepts ES5 and the vendor’s extensions: %s', async (source) => {
  expect(await findIncompatibilities(source)).toEqual([])
})

test('accepts the scripts of the vendor’s page', async () => {
  for (const name of ['in-progress-wait', 'set-front-channel-status', 'user-message-to-display'] as const) {
    expect(await findIncompatibilities(pageScript(name))).toEqual([])
  }
})

test('reads any text to its end', async () => {
  for (const text of ['`${', '"', '/*', '/', '}}}', '\\', `\`a\${\`b\${c}\`}\``, '\u0000', '😀']) {
    expect(await findIncompatibilities(text)).toEqual([])
  }
})

// With work that grows with the square of the length, these take minutes.
test.each([
  '{',
  '(',
  ',[',
  '{[',
  '(=',
  'var [',
  'var a = "" + b;',
  'sharedState.get(',
  'for (var [',
  'a.put(1);',
  'if (a.get(1)) {}',
  'function f(a) { return a } f(1);',
  '/[a-ÿ]/i;',
])('a long script of %j keeps nobody waiting', async (unit) => {
  const found = await findIncompatibilities(unit.repeat(250_000 / unit.length))
  expect(found.length).toBeLessThanOrEqual(250_000)
})
