import { describe, expect, test } from 'vitest'
import { type Colours, coloursOf, darkColours, defaultColours, pairsOf, themeFor } from './appearance.ts'
import { contrastOf, isReadable, readableContrast } from './contrast.ts'
import { readTheme } from './theme.ts'

describe('contrast', () => {
  test.each([
    ['#000000', '#ffffff', 21],
    ['#fff', '#FFFFFF', 1],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#109cf1', '#fff', 3],
  ])('of %s and %s is %d', (one, other, expected) => {
    expect(contrastOf(one, other)).toBeCloseTo(expected, 1)
    expect(contrastOf(other, one)).toBe(contrastOf(one, other))
  })
})

/** The lowest contrast of all pairs that a page uses. */
function worst({
  primary,
  onPrimary,
  background,
  onBackground,
  surface,
  text,
  title,
  link,
}: Colours): number {
  const pairs: [string, string][] = [
    [onPrimary, primary],
    [onBackground, background],
    [text, surface],
    [title, surface],
    [link, surface],
  ]
  return Math.min(...pairs.map((pair) => contrastOf(...pair)))
}

test.each(['light', 'dark'] as const)('the default colours are readable: %s', (scheme) => {
  expect(worst(defaultColours[scheme])).toBeGreaterThanOrEqual(readableContrast)
})

describe('a theme', () => {
  test.each([
    [{ primaryColor: '#ffff00' }, ['textColor', 'primaryColor']],
    [{ primaryColor: '#0d5a77', textColor: '#0d5a78' }, ['textColor', 'primaryColor']],
    [{ journeyCardTextColor: '#aaaaaa' }, ['journeyCardTextColor', 'journeyCardBackgroundColor']],
    [{ journeyCardTitleColor: '#bbbbbb' }, ['journeyCardTitleColor', 'journeyCardBackgroundColor']],
    [{ journeyCardBackgroundColor: '#000000' }, ['journeyCardTextColor', 'journeyCardBackgroundColor']],
  ])('is unreadable with %j', (theme, pair) => {
    const found = pairsOf(theme, 'light').find(({ isReadable }) => !isReadable)
    expect(found?.pair).toEqual(pair)
    expect(found?.contrast).toBeLessThan(readableContrast)
  })

  test.each([[{}], [{ primaryColor: '' }], [{ primaryColor: '#324054', textColor: '#ffffff' }]])(
    'is readable with %j',
    (theme) => {
      expect(pairsOf(theme, 'light').every(({ isReadable }) => isReadable)).toBe(true)
    },
  )

  test('always gets readable colours, whatever it contains', () => {
    const wild = ['#000000', '#ffffff', '#888888', '#ffff00', '#324054', '#109cf1', '']
    for (const primaryColor of wild) {
      for (const journeyCardBackgroundColor of wild) {
        for (const journeyCardTextColor of wild) {
          for (const linkColor of wild) {
            const theme = { primaryColor, journeyCardBackgroundColor, journeyCardTextColor, linkColor }
            for (const scheme of ['light', 'dark'] as const) {
              const colours = coloursOf({ ...theme, backgroundColor: linkColor }, scheme)
              expect(worst(colours)).toBeGreaterThanOrEqual(readableContrast)
            }
          }
        }
      }
    }
  })

  test('keeps readable colours, and its button colours in the dark scheme', () => {
    const theme = readTheme({
      name: 'T',
      primaryColor: '#324054',
      textColor: '#ffffff',
      backgroundColor: '#324054',
    })
    expect(coloursOf(theme, 'light')).toMatchObject({ primary: '#324054', background: '#324054' })
    expect(isReadable(coloursOf(theme, 'light').onBackground, '#324054')).toBe(true)
    const dark = coloursOf(darkColours(theme), 'dark')
    expect(dark).toEqual({ ...defaultColours.dark, primary: '#324054', onPrimary: '#ffffff' })
    const own = readTheme({ name: 'T', primaryColor: '#324054', dark: { primaryColor: '#27789a' } })
    expect(coloursOf(darkColours(own), 'dark').primary).toBe('#27789a')
  })

  test('is the one linked to the journey, else the default', () => {
    const named = { theme: { linkedTrees: ['Login'], isDefault: false } }
    const usual = { theme: { linkedTrees: [], isDefault: true } }
    const other = { theme: { linkedTrees: ['Other'], isDefault: false } }
    expect(themeFor([other, usual, named], 'Login')).toBe(named)
    expect(themeFor([other, usual, named], 'Nothing')).toBe(usual)
    expect(themeFor([other, usual, named], undefined)).toBe(usual)
    expect(themeFor([other], 'Login')).toBeUndefined()
  })

  test('loses only its invalid members when it is read', () => {
    const theme = readTheme({
      name: 'Old',
      logo: 'javascript:alert(1)',
      favicon: { en: 'https://a.example/i.ico' },
      primaryColor: 'transparent',
      linkedTrees: 'Login',
      isDefault: true,
      logoHeight: '72',
      dark: { primaryColor: '#27789a', textColor: 7 },
      helpUrl: 'javascript:alert(1)',
    })
    expect(theme).toEqual({
      name: 'Old',
      isDefault: true,
      linkedTrees: [],
      favicon: { en: 'https://a.example/i.ico' },
      logoHeight: 72,
      dark: { primaryColor: '#27789a' },
    })
  })
})
