import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** Every shade is the same token: ours know light and dark themselves. */
function shadesOf(token: string): MantineColorsTuple {
  const colour = `var(--${token})`
  return [colour, colour, colour, colour, colour, colour, colour, colour, colour, colour]
}

/** Mantine's parts at our sizes. Colours come from `tokens.css` alone: see `cssVariables`. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: {
    xs: 'var(--t-small)',
    sm: 'var(--t-note)',
    md: 'var(--t-body)',
    lg: 'var(--t-lead)',
    xl: 'var(--t-title)',
  },
  lineHeights: { sm: '1.4', md: 'var(--lh-text)' },
  defaultRadius: 8,
  primaryColor: 'accent',
  colors: {
    accent: shadesOf('accent'),
    bad: shadesOf('bad'),
    good: shadesOf('good'),
    alarm: shadesOf('alarm'),
  },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        radius: 20,
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        // Its title stands in a <header>, which is for the page's alone.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
})

const tokens = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--accent-ink)',
  '--mantine-color-error': 'var(--bad-ink)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent-ink)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent-ink)',
  '--mantine-color-accent-text': 'var(--accent-ink)',
  '--mantine-color-accent-outline': 'var(--accent-ink)',
  '--mantine-color-bad-text': 'var(--bad-ink)',
  '--mantine-color-bad-outline': 'var(--bad-ink)',
  '--mantine-color-bad-light': 'var(--bad-soft)',
  '--mantine-color-bad-light-hover': 'var(--bad-soft)',
  '--mantine-color-bad-light-color': 'var(--bad-ink)',
} as const

/** Maps our tokens to Mantine's variables; the tokens change with the colour scheme by themselves. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: tokens, light: tokens, dark: tokens })
