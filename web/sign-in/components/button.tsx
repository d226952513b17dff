import './button.css'
import type { ComponentProps } from 'react'

type ButtonProps = ComponentProps<'button'> & {
  /** `main`: the primary button. `deny`: rejects the check. `quiet`: a small button. */
  kind?: 'main' | 'deny' | 'plain' | 'quiet'
  /** While busy, the button keeps the focus but does nothing. */
  isBusy?: boolean
}

export function Button({ kind = 'plain', isBusy = false, type = 'button', onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={`button ${kind}`}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    />
  )
}
