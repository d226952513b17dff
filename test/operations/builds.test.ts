import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { buildIfStale } from '../../bin/build-if-stale.ts'
import { serverModule } from '../../bin/server-bundle.ts'

/** Folders besides `src` whose files are part of the bundle. */
const otherSources = ['contract', 'texts', 'web/console/editor/model']

test('a build runs again only when its sources have changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-build-'))
  const source = join(folder, 'sources', 'deep', 'one.ts')
  const result = join(folder, 'result')
  let builds = 0
  const build = () =>
    buildIfStale(join(result, 'stamp'), [join(folder, 'sources')], () => {
      builds++
      mkdirSync(result, { recursive: true })
    })
  mkdirSync(dirname(source), { recursive: true })
  writeFileSync(source, '1')
  await build()
  await build()
  expect(builds).toBe(1)

  utimesSync(source, new Date(), new Date(Date.now() + 5_000))
  await build()
  expect(builds).toBe(2)
  writeFileSync(join(folder, 'sources', 'two.ts'), '2')
  await build()
  expect(builds).toBe(3)
  rmSync(result, { recursive: true })
  await build()
  expect(builds).toBe(4)
  rmSync(folder, { recursive: true })
})

test('where nothing can be built, an old bundle is left alone and the sources run', async () => {
  const root = mkdtempSync(join(tmpdir(), 'sidegate-project-'))
  const source = join(root, 'src', 'main.ts')
  const bundle = join(root, 'dist', 'server')
  for (const folder of [dirname(source), ...otherSources.map((name) => join(root, name)), bundle])
    mkdirSync(folder, { recursive: true })
  for (const file of [source, join(root, 'package-lock.json')]) writeFileSync(file, '')
  expect(await serverModule(root)).toBe(source)
  writeFileSync(join(bundle, 'stamp'), 'of other sources')
  expect(await serverModule(root)).toBe(source)
  rmSync(root, { recursive: true })
})

test('the bundler is not loaded by the process that needs the bundle', () => {
  const project = join(import.meta.dirname, '..', '..')
  const root = mkdtempSync(join(tmpdir(), 'sidegate-project-'))
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  for (const name of otherSources) mkdirSync(join(root, name), { recursive: true })
  const sources = [
    'src/main.ts',
    'src/testing/module.ts',
    'src/testing/walk-threads/launcher.js',
    'src/sandbox/worker/launcher.js',
    'src/sandbox/worker/bcrypt.js',
    'src/attributes/common-passwords.txt',
  ]
  for (const file of [...sources, 'package-lock.json'].map((name) => join(root, name))) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '')
  }
  const module = pathToFileURL(join(project, 'bin', 'server-bundle.ts')).href
  const program = `
    import { serverModule } from ${JSON.stringify(module)}
    console.log(await serverModule(${JSON.stringify(root)}))
    console.log(process.report.getReport().sharedObjects.join())`
  const args = ['--no-warnings', '--input-type=module', '--eval', program]
  const [main, libraries] = execFileSync(process.execPath, args, { encoding: 'utf8' }).split('\n')
  expect(main).toBe(join(root, 'dist', 'server', 'main.js'))
  expect(libraries).not.toMatch(/rolldown/)
  rmSync(root, { recursive: true })
})

test('every part of the server’s bundle can be loaded, also those that a server loads when it needs them', async () => {
  const main = await serverModule()
  expect(main).toMatch(/dist\/server\/main\.js$/)
  // The script worker runs only in a thread, and the script of traces in a page.
  const parts = globSync('*.js', { cwd: dirname(main) }).filter(
    (name) => !/^script-worker|^show-trace\.js$/.test(name),
  )
  expect(parts.length).toBeGreaterThan(10)
  const addresses = parts.map((name) => pathToFileURL(join(dirname(main), name)).href)
  const program = `for (const address of ${JSON.stringify(addresses)}) await import(address)`
  execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program])
})

test('the server starts without Node’s fetch, which takes memory and is not used then', async () => {
  const main = pathToFileURL(await serverModule()).href
  const program = `await import(${JSON.stringify(main)})
    console.log(process.moduleLoadList.filter((name) => /undici/.test(name)).join())`
  const args = ['--no-warnings', '--input-type=module', '--eval', program]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' }).trim()).toBe('')
})
