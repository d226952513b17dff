import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { evaluate } from './fixtures/script-job.ts'

const folder = new URL('bindings/', import.meta.url)

/** Packages that the bindings register. */
const packages = readdirSync(folder)
  .filter((file) => file.endsWith('.js'))
  .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/javaPackage\('([\w.]+)'/g)])
  .map(([, name = '']) => name)
  .filter((name) => name.startsWith('java'))
  .toSorted()

const head = `/**
 * What the sandbox simulates of \`java\` and \`javax\`, by package: classes and their static members. Then members of what \`new\` makes of
 * a class, and of values, without those of JavaScript's. Written by simulated-java.test.ts with \`npx vitest --update\`.
 */
`

/** Walks classes and values in a script. Those of the built-in objects of JavaScript are left out. */
const walk = `(function () {
  var found = {}
  function namesOf(value, isClass) {
    var names = []
    for (var at = value; at !== null; at = Object.getPrototypeOf(at)) {
      var builtIn = (hasOwn(at, 'constructor') && builtIns[at.constructor.name]) || []
      Object.getOwnPropertyNames(at).forEach(function (name) {
        if (builtIn.indexOf(name) < 0 && value[name] !== undefined && names.indexOf(name) < 0) names.push(name)
      })
      if (typeof value === 'function') return names.filter(function (name) { return functionNames.indexOf(name) < 0 })
    }
    if (isClass) return names
    return names.filter(function (name) { return typeof value[name] === 'function' })
  }
  function note(row, names) { found[row] = names.sort().join(' ') }
  function hasOwn(value, name) { return Object.prototype.hasOwnProperty.call(value, name) }
  packages.forEach(function (name) {
    var holder = name.split('.').reduce(function (at, part) { return at[part] }, Packages)
    var classes = []
    Reflect.ownKeys(holder).forEach(function (each) {
      var fullName = name + '.' + each
      var Class = holder[each]
      classes.push(each)
      namesOf(Class, true).forEach(function (member) { classes.push(each + '.' + member) })
      try { var made = new Class() } catch (e) { return }
      var text = Object.prototype.toString.call(made)
      var isOwn = text === '[object Object]' || text === '[object Date]'
      if (isOwn && typeof made.keySet !== 'function' && typeof made.setTrackingCookie !== 'function') note('new ' + fullName, namesOf(made))
    })
    note(name, classes)
  })
  note('a string', namesOf(''))
  note('a number', namesOf(5))
  note('a flag', namesOf(true))
  note('a list', namesOf(new java.util.LinkedList()))
  note('a set', namesOf(new java.util.TreeSet()))
  note('a map', namesOf(new java.util.TreeMap()))
  note('a state', namesOf(sharedState))
  return found
})()`

const builtIns = Object.fromEntries(
  [Object, Array, String, Number, Boolean, Date].map((each) => [
    each.name,
    Object.getOwnPropertyNames(each.prototype),
  ]),
)

test('the linter knows the classes and members that the sandbox simulates', async () => {
  const engine = createScriptEngine({ workers: 1 })
  const given = [packages, builtIns, [...Object.getOwnPropertyNames(() => undefined), 'prototype']]
  const source = `(function (packages, builtIns, functionNames) { return ${walk} })(${given.map((each) => JSON.stringify(each)).join()})`
  const found = await evaluate(engine, source, { kind: 'legacyDecision' })
  await engine.close()
  const rows = Object.entries(found as Record<string, string>).map(([of, names]) => {
    const key = `  '${of}':`
    // As the formatter breaks lines.
    return `${key}${key.length + names.length > 106 ? '\n   ' : ''} '${names}',\n`
  })
  await expect(
    `${head}export const simulatedJava: Readonly<Record<string, string>> = {\n${rows.join('')}}\n`,
  ).toMatchFileSnapshot('simulated-java.ts')
})
