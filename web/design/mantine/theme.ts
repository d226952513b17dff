import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** All shades are the same token, because tokens already differ between light and dark. */
function allShades(token: string): MantineColorsTuple {
  const colour = `var(--${token})`
  return [colour, colour, colour, colour, colour, colour, colour, colour, colour, colour]
}

/** Sizes and defaults of Mantine's components. Colours come from `tokens.css`, see `cssVariables`. */
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
    accent: allShades('accent'),
    bad: allShades('bad'),
    good: allShades('good'),
    alarm: allShades('alarm'),
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
        // Mantine renders the title in a <header>, which would be a second banner landmark.
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

/** Maps Mantine's variables to the tokens. The tokens themselves change with the colour scheme. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: tokens, light: tokens, dark: tokens })
