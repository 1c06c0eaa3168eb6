declare module 'virtual:question-schema' {
  export const sdl: string;
}
