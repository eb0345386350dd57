// What `require('codeexec')` gives a program here: see docs/languages.md.
declare module 'codeexec' {
  type DisplayType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml' | 'text/html' | 'text/markdown' | 'text/csv'
    | 'application/json' | 'application/vnd.vegalite.v5+json' | 'text/plain';
  /** Shows something beside what the program prints; shown again under its name it takes the place of what it was. Returns its name. */
  export function display(thing: unknown, options?: { mime?: DisplayType; name?: string }): string;
}
