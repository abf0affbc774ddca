"""Makes two-faces.jpg, side.jpg and far.jpg from astronaut.png (NASA, public domain). Needs Pillow."""
from pathlib import Path
from PIL import Image

here = Path(__file__).parent
astronaut = Image.open(here / "astronaut.png").convert("RGB")
face = astronaut.crop((96, 0, 352, 256))
two = Image.new("RGB", (640, 320), (214, 208, 196))
two.paste(face, (40, 32))
two.paste(face.transpose(Image.FLIP_LEFT_RIGHT).resize((200, 200), Image.LANCZOS), (380, 70))
two.save(here / "two-faces.jpg", quality=92)
face.rotate(90).save(here / "side.jpg", quality=92)
far = Image.new("RGB", (960, 540), (214, 208, 196))
far.paste(astronaut.resize((150, 150), Image.LANCZOS), (400, 390))
far.save(here / "far.jpg", quality=92)
