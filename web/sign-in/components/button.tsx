import './button.css'
import { type ComponentProps, type MouseEvent, useEffect, useState } from 'react'

type ButtonProps = ComponentProps<'button'> & {
  /** `main`: the primary button. `deny`: rejects the check. `quiet`: a small button. */
  kind?: 'main' | 'deny' | 'plain' | 'quiet'
  /** While busy, the button keeps the focus but does nothing, and shows that it was pressed. */
  isBusy?: boolean
}

export function Button({ kind = 'plain', isBusy = false, type = 'button', onClick, ...rest }: ButtonProps) {
  const [wasPressed, setWasPressed] = useState(false)
  useEffect(() => {
    if (!isBusy) setWasPressed(false)
  }, [isBusy])
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBusy) return event.preventDefault()
    setWasPressed(true)
    onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      className={`button ${kind}${isBusy && wasPressed ? ' pressed' : ''}`}
      aria-disabled={isBusy || undefined}
      onClick={press}
    />
  )
}
