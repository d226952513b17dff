// The part of WebAssembly that the sandbox uses. TypeScript declares it only together with the DOM.
declare namespace WebAssembly {
  type Module = object
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  interface Global {
    value: number
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
