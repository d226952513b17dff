import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestBrowser } from './browser.ts'
import { violationsOn } from './violations.ts'

let browser: TestBrowser

beforeAll(async () => {
  browser = await TestBrowser.launch()
})

afterAll(() => browser.close())

/** Ids of the rules that a document with these elements breaks. */
async function rulesBrokenBy(elements: string): Promise<string[]> {
  const page = await (await browser.freshPerson()).newPage()
  await page.setContent(
    `<!doctype html><html lang="en"><title>T</title><main><h1>T</h1>${elements}</main></html>`,
  )
  const found = await violationsOn(page)
  return found.map((one) => one.split(':')[0] ?? '')
}

it('a text is measured again on another background', async () => {
  const grey = 'style="color: #757575"'
  expect(await rulesBrokenBy(`<p ${grey}>white behind</p>`)).toEqual([])
  expect(await rulesBrokenBy(`<p ${grey}>a</p><p ${grey}>white behind</p>`)).toEqual([])
  expect(await rulesBrokenBy(`<div style="background: #ddd"><p ${grey}>grey behind</p></div>`)).toEqual([
    'color-contrast',
  ])
})

it('a text that is exempt does not stand for one that is not', async () => {
  const pale = 'style="color: #aaa; background: #fff; border: 0; font: 16px serif"'
  expect(await rulesBrokenBy(`<button disabled ${pale}>Save</button>`)).toEqual([])
  expect(
    await rulesBrokenBy(`<button disabled ${pale}>Save</button><button ${pale}>Save it</button>`),
  ).toEqual(['color-contrast'])
})

it.each([
  ['small ones side by side', '<button aria-label="a"></button><button aria-label="b"></button>', true],
  [
    'a small one beside a large one',
    '<button aria-label="a"></button><button class="large">b</button>',
    true,
  ],
  [
    'a small one on a large one',
    '<div tabindex="0" role="button" class="large" style="position: relative"><i class="over" tabindex="0" role="button" aria-label="a"></i></div>',
    true,
  ],
  [
    'a small one with room around it',
    '<button aria-label="a"></button><p style="height: 60px">text</p><button aria-label="b"></button>',
    false,
  ],
  ['large ones side by side', '<button class="large">a</button><button class="large">b</button>', false],
])('targets that are %s', async (_which, elements, isBroken) => {
  const style = `<style>
    button, .over { display: block; width: 10px; height: 10px; padding: 0; border: 0; margin: 0 }
    .large { display: block; width: 100px; height: 40px; color: #000; background: #eee }
    .over { position: absolute; left: 3px; top: 3px }
  </style>`
  const broken = await rulesBrokenBy(style + elements)
  expect(broken.includes('target-size')).toBe(isBroken)
})
