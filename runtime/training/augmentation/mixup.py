"""Mixup: each image and its label are blended with those of another image of the epoch."""

import numpy as np
from numpy.typing import NDArray

from .geometry import Tensor


def draw_shares(random: np.random.Generator, count: int, alpha: float) -> NDArray[np.float32]:
    """Draw the shares (image,) of the images in their blends, from 0.5 to 1.

    They have the distribution Beta(alpha, alpha), but where a share is below a half, 1 - share is taken. Over a random
    permutation of the partners this gives the same pairs: an image with the share s and its partner is as likely as the
    partner with the share 1 - s and the image. So an image keeps the larger share of its blend, and an epoch shows
    every image, as without mixup. Zhang et al., "mixup: Beyond Empirical Risk Minimization" (2018).
    """
    shares = random.beta(alpha, alpha, count)
    return np.maximum(shares, 1 - shares).astype(np.float32)


def blend(pairs: Tensor, shares: Tensor) -> Tensor:
    """Return own * share + other * (1 - share) for pairs (image, 2, …) of images, labels or weights: (image, …).

    Input: shares (image,). The pairs and the shares are arrays, or tensors of the backend.
    """
    shares = shares[(slice(None), *(None,) * (len(pairs.shape) - 2))]
    return pairs[:, 0] * shares + pairs[:, 1] * (1 - shares)
