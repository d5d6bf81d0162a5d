// Turns off what makes the editor fetch from elsewhere: pictures in answers, and pictures in descriptions.
import { ImagePreview, markdown } from "@graphiql/react";

/** Call before the editor is drawn. The page's Content-Security-Policy forbids the same; this keeps it from trying. */
export const stayOnOrigin = (): void => {
  ImagePreview.shouldRender = () => false;
  markdown.disable("image");
};
